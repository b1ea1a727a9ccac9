import { clientStoreContract } from '../../test/contracts/client-store-contract.js';
import { codeStoreContract } from '../../test/contracts/code-store-contract.js';
import {
  orgAccessStoreContract,
  permissionStoreContract,
  personEditStoreContract,
  revocationStoreContract,
} from '../../test/contracts/grant-store-contracts.js';
import {
  consentStoreContract,
  loginRuleStoreContract,
  pendingLoginStoreContract,
  refreshTokenStoreContract,
  sessionStoreContract,
} from '../../test/contracts/keyed-store-contracts.js';
import { MemoryClientStore } from './memory-client.store.js';
import { MemoryCodeStore } from './memory-code.store.js';
import { MemoryConsentStore } from './memory-consent.store.js';
import { MemoryLoginRuleStore } from './memory-login-rule.store.js';
import { MemoryOrgAccessStore } from './memory-org-access.store.js';
import { MemoryPendingLoginStore } from './memory-pending-login.store.js';
import { MemoryPermissionStore } from './memory-permission.store.js';
import { MemoryPersonEditStore } from './memory-person-edit.store.js';
import { MemoryRefreshTokenStore } from './memory-refresh-token.store.js';
import { MemoryRevocationStore } from './memory-revocation.store.js';
import { MemorySessionStore } from './memory-session.store.js';

const limits = (maxOpen: number) => ({ maxOpen, maxClients: maxOpen });

describe('MemoryClientStore', () => clientStoreContract((limit) => new MemoryClientStore(limits(limit))));
describe('MemoryCodeStore', () => codeStoreContract((clock, limit) => new MemoryCodeStore(limits(limit), clock)));
describe('MemoryConsentStore', () => consentStoreContract((_, limit) => new MemoryConsentStore(limits(limit))));
describe('MemoryLoginRuleStore', () => loginRuleStoreContract((_, limit) => new MemoryLoginRuleStore(limits(limit))));
describe('MemoryPendingLoginStore', () =>
  pendingLoginStoreContract((clock, limit) => new MemoryPendingLoginStore(limits(limit), clock)));
describe('MemoryRefreshTokenStore', () =>
  refreshTokenStoreContract((clock, limit) => new MemoryRefreshTokenStore(limits(limit), clock)));
describe('MemorySessionStore', () =>
  sessionStoreContract((clock, limit) => new MemorySessionStore(limits(limit), clock)));
describe('MemoryOrgAccessStore', () => orgAccessStoreContract((_, limit) => new MemoryOrgAccessStore(limits(limit))));
describe('MemoryPermissionStore', () =>
  permissionStoreContract((clock, limit) => new MemoryPermissionStore(limits(limit), clock)));
describe('MemoryPersonEditStore', () =>
  personEditStoreContract((_, limit) => new MemoryPersonEditStore(limits(limit))));
describe('MemoryRevocationStore', () =>
  revocationStoreContract((clock, limit) => new MemoryRevocationStore(limits(limit), clock)));
