import { defaultPopulation, isValidInn, isValidSnils } from '@poligon/people';
import type { Applicant } from './applicant.js';
import type { FaultHints } from './fault-hints.js';
import { rejection, type Rejection, type RejectionCode } from './rejection.js';

interface CheckInput {
  readonly applicant: Applicant;
  readonly hints: FaultHints;
  readonly isSnilsInnChecked: boolean;
}

interface CheckStep {
  readonly name: string;
  readonly reason: RejectionCode;
  readonly fails: (input: CheckInput) => boolean;
}

/** СМЭВ knows both numbers of one person; for people outside the population it has no opinion. */
function belongToDifferentPeople({ snils, inn }: Applicant): boolean {
  const bySnils = defaultPopulation.indexBySnils(snils);
  const byInn = defaultPopulation.indexByInn(inn);
  return bySnils !== undefined && byInn !== undefined && bySnils !== byInn;
}

/** What the authority looks at in state CHECKING, in this order; the first failure decides. */
const STEPS: readonly CheckStep[] = [
  { name: 'stop-list of the ФНС', reason: 'STOP_LIST', fails: ({ hints }) => hints['stop-list'] === true },
  {
    name: 'forced mismatch',
    reason: 'SNILS_INN_ERROR',
    fails: ({ hints }) => hints['snils-inn-mismatch'] === true,
  },
  {
    name: 'checksum of СНИЛС',
    reason: 'SNILS_INN_ERROR',
    fails: ({ applicant, isSnilsInnChecked }) =>
      isSnilsInnChecked && applicant.snils !== '' && !isValidSnils(applicant.snils),
  },
  {
    name: 'checksum of ИНН',
    reason: 'SNILS_INN_ERROR',
    fails: ({ applicant, isSnilsInnChecked }) =>
      isSnilsInnChecked && applicant.inn !== '' && !isValidInn(applicant.inn),
  },
  {
    name: 'СМЭВ: СНИЛС and ИНН of one person',
    reason: 'SNILS_INN_ERROR',
    fails: ({ applicant, isSnilsInnChecked }) => isSnilsInnChecked && belongToDifferentPeople(applicant),
  },
];

/** Why the authority rejects the applicant; undefined when it does not. */
export function checkApplicant(input: CheckInput): Rejection | undefined {
  const failed = STEPS.find(({ fails }) => fails(input));
  return failed === undefined ? undefined : rejection(failed.reason);
}
