import { Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';
import { Ledger, type WorkKind } from '../domain/ledger.js';
import { TimelineStore } from '../state/timeline.store.js';

/** Writes down what happens to objects: timelines for engineers, the ledger for the balance check. */
@ResetOnAdmin()
@Injectable()
export class Chronicle {
  readonly ledger = new Ledger();

  constructor(
    private readonly clock: Clock,
    private readonly timelines: TimelineStore,
  ) {}

  /** Wall time, milliseconds: the time everything is written down with. */
  nowMs(): number {
    return this.clock.nowMs();
  }

  /** An object changed its state. */
  note(objectId: string, state: string, note?: string): void {
    const atMs = this.clock.nowMs();
    this.timelines.record(objectId, note === undefined ? { state, atMs } : { state, atMs, note });
  }

  /** Work was promised to a caller. */
  accepted(kind: WorkKind, objectId: string, state: string): void {
    this.ledger.accept(kind, objectId, this.clock.nowMs());
    this.note(objectId, state);
  }

  completed(kind: WorkKind, objectId: string, state: string): void {
    this.ledger.complete(kind, objectId, this.clock.nowMs());
    this.note(objectId, state);
  }

  failed(kind: WorkKind, objectId: string, end: { state: string; reason?: string | undefined }): void {
    this.ledger.fail(kind, objectId);
    this.note(objectId, end.state, end.reason);
  }

  reset(): void {
    this.ledger.clear();
  }
}
