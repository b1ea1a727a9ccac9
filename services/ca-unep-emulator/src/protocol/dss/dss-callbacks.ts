import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, Journal, OutgoingHttp, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import { CallbackPost, type Letter, type PostFollower } from '../../flow/callback-post.js';

/** How a transaction ended. */
interface EndingLetter extends Letter {
  readonly transactionId: string;
  readonly result: 'success' | 'error';
}

/** Tells the client that a transaction was confirmed or has failed (section 2.4, async mode). */
@Injectable()
@ResetOnAdmin()
export class DssCallbacks implements Resettable, OnModuleDestroy, PostFollower<EndingLetter> {
  private readonly letters: CallbackPost<EndingLetter>;

  constructor(
    outgoing: OutgoingHttp,
    clock: Clock,
    private readonly journal: Journal,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {
    this.letters = new CallbackPost({ outgoing, clock, config }, this);
  }

  /** @param error empty for a success */
  tell(transactionId: string, error = ''): void {
    const url = this.config.dssCallbackUrl;
    if (url === undefined) return;
    const result = error === '' ? 'success' : 'error';
    const body = JSON.stringify({ Result: result, TransactionId: transactionId, Error: error });
    void this.letters.post({ name: 'hrlink.dss-callback', url, body, transactionId, result });
  }

  reset(): void {
    this.letters.clear();
  }

  onModuleDestroy(): void {
    this.reset();
  }

  tried({ transactionId, result, url }: EndingLetter, last: string, isDelivered: boolean): void {
    this.journal.note('dss.callback', isDelivered ? 'reply' : 'fail', { transactionId, result, url, last });
  }

  /** The product asks for the state of a transaction itself; nothing of its callbacks is kept. */
  async keep(): Promise<void> {}
}
