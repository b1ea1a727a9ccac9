import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, OutgoingError } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import { OutgoingFailure } from './outgoing-failure.js';

/** Bounded repetition of outgoing calls. */
@Injectable()
export class Retry {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `call` until it succeeds, at most `outgoingAttempts` times with doubling pauses.
   * @throws OutgoingFailure of the last try; a final one at once
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        const failure = asFailure(error);
        if (failure.isFinal || attempt >= this.config.outgoingAttempts) throw failure;
        const pauseMs = this.config.outgoingRetryMs * 2 ** (attempt - 1);
        await this.clock.sleepUntil(this.clock.monotonicMs() + pauseMs);
      }
    }
  }
}

function asFailure(error: unknown): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error;
  if (error instanceof OutgoingError) return new OutgoingFailure(error.message, false);
  throw error;
}
