import type { Exchange } from '@poligon/emulator-kit';
import { ORDINARY_ACCOUNT, type AccountState } from '../../domain/person-object.js';
import { HINT } from '../../faults/fault-hints.js';
import type { Account } from '../accounts.js';

/** State of an account in this exchange: an ordinary one unless an edit or faults say otherwise. */
export function accountState({ isTrusted, edit }: Account, exchange: Exchange): AccountState {
  const isDeleted = exchange.hinted(HINT.accountDeleted) !== undefined;
  return {
    isTrusted,
    isVerifying: exchange.hinted(HINT.passportVerifying) !== undefined || edit?.isVerifying === true,
    status: isDeleted ? 'DELETED' : (edit?.status ?? ORDINARY_ACCOUNT.status),
    updatedOnS: edit === undefined ? ORDINARY_ACCOUNT.updatedOnS : Math.floor(edit.editedAtMs / 1000),
  };
}
