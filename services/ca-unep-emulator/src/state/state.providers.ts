import type { Provider } from '@nestjs/common';
import { CONFIG, Ids, Logger, State } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import { CertificationAuthority } from '../flow/certification-authority.js';
import { AuthorityStore } from './authority.store.js';
import { CertificateStore } from './certificate.store.js';
import { DurableAuthorityStore } from './durable-authority.store.js';
import { DurableCertificateStore } from './durable-certificate.store.js';
import { DurableEventStore } from './durable-event.store.js';
import { DurableIssueRequestStore } from './durable-issue-request.store.js';
import { DurableRevocationStore } from './durable-revocation.store.js';
import { DurableSigningOperationStore } from './durable-signing-operation.store.js';
import { EventStore } from './event.store.js';
import { IssueRequestStore } from './issue-request.store.js';
import { MemoryAuthorityStore } from './memory-authority.store.js';
import { MemoryCertificateStore } from './memory-certificate.store.js';
import { MemoryEventStore } from './memory-event.store.js';
import { MemoryIssueRequestStore } from './memory-issue-request.store.js';
import { MemoryRevocationStore } from './memory-revocation.store.js';
import { MemorySigningOperationStore } from './memory-signing-operation.store.js';
import { RevocationStore } from './revocation.store.js';
import { SigningOperationStore } from './signing-operation.store.js';
import { StateKeeper } from './state-keeper.js';

const isDurable = ({ database }: State): boolean => database !== undefined;

/** Stores of this process: in a database when one is named, else in memory. */
export const STATE: Provider[] = [
  {
    provide: IssueRequestStore,
    useFactory: (state: State, config: CaConfig) =>
      isDurable(state) ? new DurableIssueRequestStore(state) : new MemoryIssueRequestStore(config),
    inject: [State, CONFIG],
  },
  {
    provide: CertificateStore,
    useFactory: (state: State, config: CaConfig, { suite }: CertificationAuthority) =>
      isDurable(state) ? new DurableCertificateStore(state, suite) : new MemoryCertificateStore(config, suite),
    inject: [State, CONFIG, CertificationAuthority],
  },
  {
    provide: SigningOperationStore,
    useFactory: (state: State, config: CaConfig) =>
      isDurable(state) ? new DurableSigningOperationStore(state) : new MemorySigningOperationStore(config),
    inject: [State, CONFIG],
  },
  {
    provide: RevocationStore,
    useFactory: (state: State, config: CaConfig, ids: Ids, logger: Logger) =>
      isDurable(state) ? new DurableRevocationStore(state, ids, logger).open() : new MemoryRevocationStore(config),
    inject: [State, CONFIG, Ids, Logger],
  },
  {
    provide: EventStore,
    useFactory: (state: State, config: CaConfig) =>
      isDurable(state) ? new DurableEventStore(state) : new MemoryEventStore(config),
    inject: [State, CONFIG],
  },
  {
    provide: AuthorityStore,
    useFactory: (state: State) => (isDurable(state) ? new DurableAuthorityStore(state) : new MemoryAuthorityStore()),
    inject: [State],
  },
  StateKeeper,
];
