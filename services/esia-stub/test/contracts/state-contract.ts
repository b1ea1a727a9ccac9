import type { EngineUnderTest } from '@poligon/testing';
import { KeptClientStore } from '../../src/state/kept-client.store.js';
import { KeptCodeStore } from '../../src/state/kept-code.store.js';
import { KeptConsentStore } from '../../src/state/kept-consent.store.js';
import { KeptLoginRuleStore } from '../../src/state/kept-login-rule.store.js';
import { KeptOrgAccessStore } from '../../src/state/kept-org-access.store.js';
import { KeptPendingLoginStore } from '../../src/state/kept-pending-login.store.js';
import { KeptPermissionStore } from '../../src/state/kept-permission.store.js';
import { KeptPersonEditStore } from '../../src/state/kept-person-edit.store.js';
import { KeptRefreshTokenStore } from '../../src/state/kept-refresh-token.store.js';
import { KeptRevocationStore } from '../../src/state/kept-revocation.store.js';
import { KeptSessionStore } from '../../src/state/kept-session.store.js';
import { KeptPersonSnapshotStore } from '../../src/state/kept-person-snapshot.store.js';
import { KeptTokenKeyStore } from '../../src/state/kept-token-key.store.js';
import { personSnapshotStoreContract, tokenKeyStoreContract } from './admin-store-contracts.js';
import { clientStoreContract } from './client-store-contract.js';
import { codeStoreContract } from './code-store-contract.js';
import {
  orgAccessStoreContract,
  permissionStoreContract,
  personEditStoreContract,
  revocationStoreContract,
} from './grant-store-contracts.js';
import {
  consentStoreContract,
  loginRuleStoreContract,
  pendingLoginStoreContract,
  refreshTokenStoreContract,
  sessionStoreContract,
} from './keyed-store-contracts.js';

const limits = (maxOpen: number) => ({ maxOpen, maxClients: maxOpen });

/** What every store of ESIA does on every engine. */
export function stateContract(engine: EngineUnderTest): void {
  const state = () => engine.replica();
  describe('clients', () => clientStoreContract((limit) => new KeptClientStore(limits(limit), state())));
  describe('codes', () =>
    codeStoreContract(engine, (limit) => new KeptCodeStore(limits(limit), state(), engine.clock)));
  describe('pending logins', () =>
    pendingLoginStoreContract(engine, (limit) => new KeptPendingLoginStore(limits(limit), state())));
  describe('sessions', () => sessionStoreContract(engine, (limit) => new KeptSessionStore(limits(limit), state())));
  describe('refresh tokens', () =>
    refreshTokenStoreContract(engine, (limit) => new KeptRefreshTokenStore(limits(limit), state())));
  describe('consents', () => consentStoreContract(engine, (limit) => new KeptConsentStore(limits(limit), state())));
  describe('organisations open to clients', () =>
    orgAccessStoreContract(engine, (limit) => new KeptOrgAccessStore(limits(limit), state())));
  describe('consents of the digital profile', () =>
    permissionStoreContract(engine, (limit) => new KeptPermissionStore(limits(limit), state())));
  describe('edits', () => personEditStoreContract((limit) => new KeptPersonEditStore(limits(limit), state())));
  describe('snapshots', () => personSnapshotStoreContract(() => new KeptPersonSnapshotStore(state())));
  describe('token keys', () => tokenKeyStoreContract(engine, () => new KeptTokenKeyStore(state())));
  describe('revocations', () =>
    revocationStoreContract(engine, (limit) => new KeptRevocationStore(limits(limit), state())));
  describe('login rules', () =>
    loginRuleStoreContract(engine, (limit) => new KeptLoginRuleStore(limits(limit), state())));
}
