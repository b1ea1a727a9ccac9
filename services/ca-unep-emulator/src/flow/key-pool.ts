import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { KeyPair } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { CertificationAuthority } from './certification-authority.js';

const makeKeyPair = promisify(generateKeyPair);

/** Employee keys made ahead, one at a time between other work, so that an issue does not wait for one. */
@Injectable()
export class KeyPool implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly ready: KeyPair[] = [];
  private isFilling = false;
  private isClosed = false;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'keyPool'>,
    private readonly authority: CertificationAuthority,
  ) {}

  get size(): number {
    return this.ready.length;
  }

  /** A key nobody else has: from the pool, or made now when the pool is empty. */
  async take(): Promise<KeyPair> {
    const key = this.ready.pop() ?? (await this.make());
    this.fill();
    return key;
  }

  onApplicationBootstrap(): void {
    this.fill();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
  }

  private fill(): void {
    if (this.isFilling || this.isClosed) return;
    this.isFilling = true;
    void this.fillUp().finally(() => (this.isFilling = false));
  }

  private async fillUp(): Promise<void> {
    while (!this.isClosed && this.ready.length < this.config.keyPool) {
      this.ready.push(await this.make());
      await new Promise(setImmediate);
    }
  }

  /** An RSA key takes hundreds of milliseconds: it is made on the thread pool, the others here. */
  private async make(): Promise<KeyPair> {
    const { suite } = this.authority;
    if (suite.id !== 'rsa-2048') return suite.generateKeyPair();
    const { privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
    return suite.keyPairFromPem(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
}
