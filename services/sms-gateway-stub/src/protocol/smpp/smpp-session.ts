import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Account } from '../../domain/account.js';
import { AwaitedWindow, type Awaited } from './awaited-window.js';
import { FrameReader, FrameRef, FramingError } from './frame-reader.js';
import type { Delivery } from './delivery.js';
import { Output } from './output.js';
import type { SubmitOrigin } from './submit-origin.js';
import { encodePdu, type PduDraft } from './pdu-encode.codec.js';
import type { Wire, WireTrick } from './smpp-tricks.js';
import { STATUS } from './tables/command-status.js';

/** How a connection is bound. */
export type BindMode = 'transmitter' | 'receiver' | 'transceiver';

/** What a session needs of the server around it. */
export interface SessionHost {
  readonly maxPduBytes: number;
  nowMs(): number;
  after(delayMs: number, action: () => void): void;
  /** A whole PDU arrived; `frame` is good for this call only. */
  received(session: SmppSession, frame: FrameRef, receivedAtMs: number): void;
  /** The peer reads again what it is sent. */
  unclogged(session: SmppSession): void;
  /** The connection is gone. */
  closed(session: SmppSession): void;
}

const NOTHING = Buffer.alloc(0);
const MAX_SEQUENCE = 0x7fffffff;
/** A held response leaves by then at the latest. */
const MAX_HOLD_MS = 1000;

/** One TCP connection of an ESME: framing, output, outstanding requests. What PDUs mean is decided elsewhere. */
export class SmppSession implements Wire {
  mode: BindMode | undefined;
  account: Account | undefined;
  /** Requests of the ESME not yet answered. */
  inProgress = 0;
  lastReceivedMs: number;
  lastEnquiredMs = 0;
  readonly awaited = new AwaitedWindow();
  /** Who sent the last ordinary submit; the same for nearly all of a connection. */
  origin: SubmitOrigin | undefined;
  /** True while the peer does not read what it is sent. */
  isClogged = false;
  isClosed = false;
  submits = 0;
  deliveries = 0;
  private readonly reader: FrameReader;
  private readonly frame = new FrameRef(NOTHING, 0, 0);
  private wroteAtMs = 0;
  private readonly output = new Output();
  private isFlushing = false;
  /** A plain socket has copied what it took at once; TLS may still read it. */
  private readonly isPlain: boolean;
  private held: Buffer | undefined;
  private sequence = 0;

  constructor(
    readonly id: number,
    readonly socket: Socket,
    private readonly host: SessionHost,
  ) {
    this.reader = new FrameReader(host.maxPduBytes);
    this.lastReceivedMs = host.nowMs();
    this.isPlain = !(socket instanceof TLSSocket);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('drain', () => this.unclog());
    // 'close' follows every error.
    socket.on('error', () => undefined);
    socket.on('close', () => this.gone());
  }

  get peer(): string {
    return this.socket.remoteAddress ?? '';
  }

  /** True when receipts and incoming texts may be sent here. */
  get isReceiver(): boolean {
    return this.mode === 'receiver' || this.mode === 'transceiver';
  }

  nextSequence(): number {
    this.sequence = this.sequence >= MAX_SEQUENCE ? 1 : this.sequence + 1;
    return this.sequence;
  }

  /** Sends a request and tells what it was answered with. */
  request(draft: Omit<PduDraft, 'sequence'>, settle: Awaited['settle']): void {
    const sequence = this.nextSequence();
    this.awaited.add({ sequence, sentAtMs: this.host.nowMs(), settle });
    this.send(encodePdu({ ...draft, sequence }));
  }

  /** Sends a deliver_sm; it is told how it was answered. */
  deliver(delivery: Delivery): void {
    delivery.sequence = this.nextSequence();
    this.deliveries += 1;
    delivery.write(this, delivery.sequence);
    delivery.sentAtMs = this.wroteAtMs;
    this.awaited.add(delivery);
  }

  /** The output with room for `bytes`, to be written at once; `wrote` follows. */
  room(bytes: number): Output {
    if (!this.output.hasRoom(bytes)) this.flush();
    this.output.room(bytes);
    return this.output;
  }

  /** Lets what was written in this turn of the event loop leave in one system call. */
  wrote(): void {
    if (this.isFlushing) return;
    this.isFlushing = true;
    // What leaves together was sent at one moment.
    this.wroteAtMs = Math.floor(this.host.nowMs());
    setImmediate(() => this.flush());
  }

  /** True while a response is held back, to leave after the next one. */
  get isHolding(): boolean {
    return this.held !== undefined;
  }

  /** Sends a response, by a trick when a fault asked for one. */
  respond(response: Buffer, trick?: WireTrick): void {
    if (trick !== undefined) {
      trick(response, this);
      return;
    }
    this.send(response);
    if (this.held !== undefined) this.release();
  }

  send(bytes: Buffer): void {
    if (this.isClosed) return;
    this.room(bytes.length).append(bytes);
    this.wrote();
  }

  sendAlone(bytes: Buffer): void {
    this.flush();
    if (!this.isClosed) this.socket.write(bytes);
  }

  hold(bytes: Buffer): void {
    this.release();
    this.held = bytes;
    this.after(MAX_HOLD_MS, () => {
      if (this.held === bytes) this.release();
    });
  }

  after(delayMs: number, action: () => void): void {
    this.host.after(delayMs, () => {
      if (!this.isClosed) action();
    });
  }

  close(): void {
    this.flush();
    if (!this.isClosed) this.socket.end();
    // A peer that never closes its side must not keep the connection.
    this.after(MAX_HOLD_MS, () => this.socket.destroy());
  }

  reset(): void {
    this.socket.resetAndDestroy();
  }

  private release(): void {
    const bytes = this.held;
    this.held = undefined;
    if (bytes !== undefined) this.send(bytes);
  }

  private read(chunk: Buffer): void {
    const receivedAtMs = this.host.nowMs();
    this.lastReceivedMs = receivedAtMs;
    try {
      this.reader.scan(chunk, (stream, from, to) => {
        this.frame.aim(stream, from, to);
        this.host.received(this, this.frame, receivedAtMs);
        return !this.isClosed;
      });
      // An idle connection keeps no stream alive.
      this.frame.aim(NOTHING, 0, 0);
    } catch (failure) {
      if (!(failure instanceof FramingError)) throw failure;
      this.send(encodePdu({ command: 'generic_nack', status: STATUS.ESME_RINVCMDLEN, sequence: failure.sequence }));
      this.socket.removeAllListeners('data');
      this.socket.resume();
      this.close();
    }
  }

  private flush(): void {
    this.isFlushing = false;
    if (this.output.used === 0 || this.isClosed) return;
    const { bytes, done } = this.output.take();
    const isBelowMark = this.socket.write(bytes);
    // The kernel took all of it at once.
    const isGone = this.socket.writableLength === 0;
    if (isGone && this.isPlain) done();
    if (!isBelowMark && !isGone) this.clog();
  }

  /** The peer does not read: nothing more is read from it until it does. */
  private clog(): void {
    this.isClogged = true;
    this.socket.pause();
  }

  private unclog(): void {
    if (!this.isClogged) return;
    this.isClogged = false;
    this.socket.resume();
    this.host.unclogged(this);
  }

  private gone(): void {
    this.isClosed = true;
    this.output.clear();
    this.held = undefined;
    this.host.closed(this);
    for (const request of this.awaited.takeSentBy(Infinity)) request.settle(undefined);
  }
}
