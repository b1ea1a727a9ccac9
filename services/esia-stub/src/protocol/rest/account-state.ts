import type { Exchange } from '@poligon/emulator-kit';
import { ORDINARY_ACCOUNT, type AccountState } from '../../domain/person-object.js';
import { HINT } from '../../faults/fault-hints.js';
import { isTrusted } from '../login/user-checks.js';

/** State of the account this exchange shows: an ordinary one unless faults say otherwise. */
export function accountState(exchange: Exchange): AccountState {
  return {
    ...ORDINARY_ACCOUNT,
    isTrusted: isTrusted(exchange),
    isVerifying: exchange.hinted(HINT.passportVerifying) !== undefined,
    ...(exchange.hinted(HINT.accountDeleted) === undefined ? {} : { status: 'DELETED' }),
  };
}
