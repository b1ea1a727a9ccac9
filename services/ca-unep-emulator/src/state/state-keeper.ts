import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import { CertificateStore } from './certificate.store.js';
import { DurableRevocationStore } from './durable-revocation.store.js';
import { EventStore } from './event.store.js';
import { IssueRequestStore } from './issue-request.store.js';
import { RevocationStore } from './revocation.store.js';
import { SigningOperationStore } from './signing-operation.store.js';

/** What an admin reset empties: everything but the authority itself, whose certificates others have been told to trust. */
@Injectable()
@ResetOnAdmin()
export class StateKeeper implements Resettable, OnModuleDestroy {
  constructor(
    private readonly requests: IssueRequestStore,
    private readonly certificates: CertificateStore,
    private readonly operations: SigningOperationStore,
    private readonly revocations: RevocationStore,
    private readonly events: EventStore,
  ) {}

  async reset(): Promise<void> {
    for (const store of [this.requests, this.certificates, this.operations, this.revocations, this.events]) {
      await store.clear();
    }
  }

  async followReset(): Promise<void> {
    await this.revocations.forget();
  }

  onModuleDestroy(): void {
    if (this.revocations instanceof DurableRevocationStore) this.revocations.close();
  }
}
