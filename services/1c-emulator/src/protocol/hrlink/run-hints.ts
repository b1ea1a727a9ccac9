import type { Exchange } from '@poligon/emulator-kit';
import type { PayslipBurst } from '../../faults/payslip-burst.fault.js';
import type { PollStorm } from '../../faults/poll-storm.fault.js';

/** How faults of the active role bend one run (1c.md 6). */
export interface RunHints {
  /** The token stops being accepted after that many calls. */
  readonly tokenExpiresAfterCalls: number | undefined;
  /** Bulk tasks are started and never asked about. */
  readonly abandonsTasks: boolean;
  readonly pollStorm: PollStorm | undefined;
  /** That many departments name a parent which does not exist. */
  readonly orphanDepartments: number;
  /** Every batch of a bulk exchange goes twice. */
  readonly duplicatesBatches: boolean;
  /** People of a run that are sent twice, without СНИЛС, with a phone that is none. */
  readonly duplicatePeople: number;
  readonly peopleWithoutSnils: number;
  readonly peopleWithBadPhone: number;
  /** People of a run with a second employee, with another one than before, with a transfer of the past. */
  readonly peopleWithSecondJob: number;
  readonly peopleHiredAgain: number;
  readonly peopleMovedInThePast: number;
  /** Groups of documents sent side by side, without the pace of the settings. */
  readonly parallel: number | undefined;
  /** Months whose payslips are sent. */
  readonly payslipMonths: number | undefined;
  /** Notices go again although they went within 24 hours. */
  readonly isGuardOff: boolean;
  /** Size of every file. */
  readonly fileBytes: number | undefined;
  /** One externalId under which every document goes. */
  readonly staleExternalId: string | undefined;
}

/** Reads what the rules that fired hinted. */
export function hintsOf(exchange: Exchange): RunHints {
  return {
    tokenExpiresAfterCalls: exchange.hinted('token-expired') as number | undefined,
    abandonsTasks: exchange.hinted('abandon-task') === true,
    pollStorm: exchange.hinted('poll-storm') as PollStorm | undefined,
    ...documentHintsOf(exchange),
    ...peopleHintsOf(exchange),
    orphanDepartments: (exchange.hinted('orphan-department') as number | undefined) ?? 0,
  };
}

function documentHintsOf(exchange: Exchange) {
  const burst = exchange.hinted('payslip-burst') as PayslipBurst | undefined;
  return {
    parallel: burst?.parallel,
    payslipMonths: burst?.months,
    isGuardOff: exchange.hinted('duplicate-notice') === true,
    fileBytes: exchange.hinted('oversized-file') as number | undefined,
    staleExternalId: exchange.hinted('stale-external-id') as string | undefined,
  };
}

function peopleHintsOf(exchange: Exchange) {
  const count = (fault: string): number => (exchange.hinted(fault) as number | undefined) ?? 0;
  return {
    duplicatesBatches: exchange.hinted('duplicate-batch') === true,
    duplicatePeople: count('duplicate-person'),
    peopleWithoutSnils: count('missing-snils'),
    peopleWithBadPhone: count('bad-phone'),
    peopleWithSecondJob: count('second-job'),
    peopleHiredAgain: count('rehire'),
    peopleMovedInThePast: count('backdated-event'),
  };
}
