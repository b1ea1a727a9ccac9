import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, Tracing, type Resettable } from '@poligon/emulator-kit';
import type { Config } from '../config.js';

/** An outgoing call: the trace it showed and the trace it was made in, null when in none. */
export interface TrueParent {
  readonly name: string;
  readonly traceId: string;
  readonly trueTraceId: string | null;
}

/** Calls remembered; the oldest give way. */
const MAX_CALLS = 200_000;

/** With propagation off, what nobody can see from outside: which operation each outgoing call belonged to. */
@Injectable()
@ResetOnAdmin()
export class TrueParents implements Resettable, OnModuleInit {
  private calls: TrueParent[] = [];

  constructor(
    private readonly tracing: Tracing,
    @Inject(CONFIG) private readonly config: Pick<Config, 'propagation'>,
  ) {}

  onModuleInit(): void {
    if (this.config.propagation === 'on') return;
    this.tracing.sever(({ name, traceId, trueTraceId = null }) => {
      this.calls.push({ name, traceId, trueTraceId });
      if (this.calls.length > MAX_CALLS) this.calls = this.calls.slice(MAX_CALLS / 2);
    });
  }

  all(): readonly TrueParent[] {
    return this.calls;
  }

  reset(): void {
    this.calls = [];
  }
}
