import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';
import type { DialectRefusals } from '../http/refusal-table.js';
import { STATUS, type StatusName } from './tables/command-status.js';

/** The command_status of a catalogue entry; ESME_RSYSERR for what is none. */
export function statusOf(code: string): number {
  return code in STATUS ? STATUS[code as StatusName] : STATUS.ESME_RSYSERR;
}

/** How SMPP words a refusal of section 6. */
export const smppRefusals: DialectRefusals = {
  'no-funds': 'ESME_RSUBMITFAIL',
  'auth-rejected': 'ESME_RINVPASWD',
  'ip-blocked': 'ESME_RBINDFAIL',
  duplicate: 'ESME_RSUBMITFAIL',
  'sender-unregistered': 'ESME_RINVSRCADR',
  'stop-list': 'ESME_RINVDSTADR',
  'foreign-number': 'ESME_RINVDSTADR',
  unavailable: 'ESME_RSYSERR',
};

/** Errors of SMPP: command_status values by the standard's names. They never leave as HTTP. */
export const smppErrors: ErrorCatalogue = {
  protocol: 'smpp',
  names: Object.keys(STATUS).filter((name) => name !== 'ESME_ROK'),
  problems: {
    malformed: 'ESME_RINVCMDLEN',
    invalid: 'ESME_RSYSERR',
    'too-large': 'ESME_RINVCMDLEN',
    'media-type': 'ESME_RSYSERR',
    'unknown-path': 'ESME_RINVCMDID',
    'wrong-method': 'ESME_RINVCMDID',
    unavailable: 'ESME_RSYSERR',
    internal: 'ESME_RSYSERR',
  },
  owns: () => false,
  render: () => WireReply.empty(500),
};
