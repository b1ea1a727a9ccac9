import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Draw, Random, sampler, type Sampler } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';

/** How long the authority works; fixed by the seed and the id of the request or operation. */
@Injectable()
export class Delays {
  private readonly issue: Sampler;
  private readonly sign: Sampler;
  private readonly draw = new Draw();

  constructor(
    @Inject(CONFIG) config: Pick<CaConfig, 'issueDelay' | 'signDelay'>,
    private readonly random: Random,
  ) {
    this.issue = sampler(config.issueDelay);
    this.sign = sampler(config.signDelay);
  }

  /** Milliseconds from the application to the certificate; checks take the first half. */
  issueMs(requestId: string): number {
    return this.issue(this.draw.aim(this.random.hash('issue-delay', requestId)));
  }

  /** Milliseconds a signing operation holds its HSM slot. */
  signMs(operationId: string): number {
    return this.sign(this.draw.aim(this.random.hash('sign-delay', operationId)));
  }
}
