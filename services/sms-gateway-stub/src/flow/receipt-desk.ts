import { Injectable } from '@nestjs/common';
import type { Message } from '../domain/message.js';

/** A text a subscriber sends to the client (mobile originated). */
export interface IncomingText {
  readonly id: number;
  /** The subscriber. */
  readonly phone: string;
  /** The number or name written to. */
  readonly to: string;
  readonly text: string;
  readonly receivedAtMs: number;
  /** Account it is meant for; every account of the dialect when omitted. */
  readonly account?: string | undefined;
  /** How SMPP carries a long text. */
  readonly concatenation?: 'sar' | 'udh8' | 'udh16' | 'payload' | undefined;
}

/** A way back to the clients of one dialect. */
export interface ReceiptDoor {
  /** Tells the client of the message's present state, if it wants to know. */
  report(message: Message): void;
  /** Hands over an incoming text; the number of clients that will be told. */
  incoming(text: IncomingText): number;
}

/** Knows which door tells whom; state changes pass here. */
@Injectable()
export class ReceiptDesk {
  private readonly doors = new Map<string, ReceiptDoor>();

  add(dialect: string, door: ReceiptDoor): void {
    this.doors.set(dialect, door);
  }

  /** Dialects that can be told. */
  get dialects(): readonly string[] {
    return [...this.doors.keys()];
  }

  report(message: Message): void {
    this.doors.get(message.dialect)?.report(message);
  }

  /** The number of clients that will be told. */
  incoming(dialect: string, text: IncomingText): number {
    return this.doors.get(dialect)?.incoming(text) ?? 0;
  }
}
