import type { TraceSpan } from './trace-span.js';

/** A business operation while it is in progress and for a while after. */
export interface BookedOperation {
  readonly traceId: string;
  operation: string;
  startMs: number;
  endMs: number;
  /** Persons it concerns, as subject keys. */
  readonly subjects: Set<string>;
  /** The generator's own calls and waits so far, in the order of their ends. */
  readonly steps: TraceSpan[];
}

/** Which operations are or were in progress, and for whom. */
export class OperationBook {
  private readonly byTrace = new Map<string, BookedOperation>();
  private readonly bySubject = new Map<string, Set<BookedOperation>>();

  begin(traceId: string, operation: string, startMs: number): BookedOperation {
    const booked = { traceId, operation, startMs, endMs: Infinity, subjects: new Set<string>(), steps: [] };
    this.byTrace.set(traceId, booked);
    return booked;
  }

  concerns(traceId: string, subject: string): void {
    const booked = this.byTrace.get(traceId);
    if (booked === undefined) return;
    booked.subjects.add(subject);
    const others = this.bySubject.get(subject);
    if (others === undefined) this.bySubject.set(subject, new Set([booked]));
    else others.add(booked);
  }

  find(traceId: string): BookedOperation | undefined {
    return this.byTrace.get(traceId);
  }

  end(traceId: string, endMs: number): void {
    const booked = this.byTrace.get(traceId);
    if (booked !== undefined) booked.endMs = endMs;
  }

  /** Every operation that is known. */
  all(): readonly BookedOperation[] {
    return [...this.byTrace.values()];
  }

  /** Operations that concern a person. */
  of(subject: string): readonly BookedOperation[] {
    return [...(this.bySubject.get(subject) ?? [])];
  }

  /** Forgets operations that ended before `beforeMs`. */
  forget(beforeMs: number): void {
    for (const booked of this.byTrace.values()) {
      if (booked.endMs >= beforeMs) continue;
      this.byTrace.delete(booked.traceId);
      for (const subject of booked.subjects) {
        const others = this.bySubject.get(subject);
        others?.delete(booked);
        if (others?.size === 0) this.bySubject.delete(subject);
      }
    }
  }
}
