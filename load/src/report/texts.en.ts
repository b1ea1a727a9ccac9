import type { Reason } from '../verdict/verdict.js';
import type { ReportTexts } from './texts.js';

const number = (value: number | undefined, digits = 1) => (value ?? 0).toFixed(digits);
const ms = (value: number | undefined) => `${Math.round(value ?? 0)} ms`;

const REASONS: Record<Reason['code'], (reason: Reason, operation: string) => string> = {
  lag: (r) => `generator lag p99 ${ms(r.value)}, must be under ${ms(r.limit)} (10 % of SLA)`,
  cpu: (r) => `generator CPU ${number(r.value)} %, must be under ${number(r.limit, 0)} %`,
  dropped: (r) => `the generator dropped ${r.value} arrivals at its in-flight ceiling`,
  little: (r) =>
    `operations in flight differ from Little's law by ${number(r.value)} %, ${number(r.limit, 0)} % allowed`,
  launched: (r) => `the generator launched ${number(r.value)} % of the plan, ${number(r.limit, 0)} % required`,
  saturated: (r) =>
    `the system is saturated: ${r.limit} operations in flight at the start of the hold, ${r.value} at its end`,
  accuracy: (r, op) => `“${op}”: intensity accuracy ${number(r.value)} %, ${number(r.limit, 0)} % required`,
  errors: (r, op) => `“${op}”: ${number(r.value)} % of errors, ${number(r.limit)} % allowed`,
  sla: (r, op) => `“${op}”: percentile ${r.detail} is ${ms(r.value)}, SLA is ${ms(r.limit)}`,
  stall: (r, op) => `“${op}”: unstable, ${r.value} bad minutes of ${r.limit}`,
  'no-data': (_r, op) => `“${op}”: no operation succeeded`,
  'no-hold': () => 'no hold was finished',
  prepare: (r) => `data preparation failed: ${r.detail}`,
  interrupted: (r) => (r.detail === undefined ? 'the run was interrupted' : `the run was interrupted: ${r.detail}`),
  signatures: (r) => `bad signatures made under load: ${r.value} (${r.detail})`,
  stopped: (r) => `stop rule fired: ${r.detail}: ${number(r.value)}`,
  external: (r) => `external metric ${r.detail}: ${number(r.value)}, threshold ${number(r.limit)}`,
  lmax: (r) => `Lmax = ${number(r.value, 0)} % of the profile`,
  'lmax-at-least': (r) => `Lmax was not reached, it is at least ${number(r.value, 0)} % of the profile`,
  'lmax-none': () => 'no step passed, those below the first one included',
  'lmax-unknown': () => 'the search for the maximum was not finished',
  'lmax-unconfirmed': (r) => `the confirmation at ${number(r.value, 0)} % was not finished`,
  'lmax-disputed': (r) =>
    `Lmax is disputed: a higher step passed in the search, but only ${number(r.value, 0)} % was confirmed`,
  'lmax-below': (r) =>
    `the system does not meet the performance requirements: Lmax = ${number(r.value, 0)} % < Ltarget = ${number(r.limit, 0)} %`,
};

/** Words of the English report. */
export const TEXTS_EN: ReportTexts = {
  language: 'en',
  title: 'Load test report',
  verdicts: { success: 'Passed', risks: 'At risk', failure: 'Failed', insufficient: 'Not enough data' },
  reason: (reason, title) => REASONS[reason.code](reason, reason.operation ? title(reason.operation) : ''),
  successLine: 'Every operation ran at its target intensity; response times and errors are within the requirements.',
  sections: {
    search: 'Search for the maximum',
    conclusions: 'Conclusions',
    profile: 'Profile',
    steps: 'Step result',
    details: 'Response times in detail',
    charts: 'Charts',
    errors: 'Errors by cause',
    calls: 'HTTP calls',
    fitness: 'Step fitness',
    onec: '1C background exchange',
    conditions: 'Run conditions',
  },
  meta: {
    run: 'Run',
    target: 'System',
    plan: 'Plan',
    profile: 'Profile',
    seed: 'Seed',
    start: 'Load started',
    duration: 'Duration',
    generator: 'Generator',
  },
  cards: {
    operations: 'operations on the hold',
    succeeded: 'succeeded',
    failed: 'failed',
    accuracy: 'lowest accuracy',
    inFlight: 'in flight on average',
    lag: 'generator lag p99',
  },
  columns: {
    search: ['Step', 'Level', 'Purpose', 'Throughput achieved', 'Verdict'],
    profile: ['No.', 'Scenario', 'Script', 'Target intensity, operations/hour', 'SLA, s'],
    step: [
      'No.',
      'Scenario',
      'Script',
      'Target intensity, op/hour',
      'Succeeded',
      'Failed',
      'Accuracy, %',
      '90th perc. RT, ms',
      'SLA, s',
    ],
    details: [
      'Scenario',
      'Accepted p50, ms',
      'Accepted p95, ms',
      'Completed p50, ms',
      'p95, ms',
      'p99, ms',
      'max, ms',
      'From sending p95, ms',
      'SLA, ms',
    ],
    errors: ['Scenario', 'Cause', 'Total', 'On hold', 'Example trace'],
    calls: ['HRLink operation', 'Evidence', 'Calls', 'p50, ms', 'p95, ms', 'p99, ms', 'Errors', 'Answers'],
    fitness: ['Step', 'Accuracy, %', 'lag p99, ms', 'Generator CPU, %', 'Dropped', 'Little, %', 'Verdict'],
    onec: ['Job', 'Runs', 'Errors'],
    prepare: ['Stage', 'Objects', 'Made', 'Duration, s'],
    faults: ['System', 'Moment', 'Rule', 'Fault', 'Operations'],
  },
  total: 'Total',
  stepHeading: (level, from, to) => `Load level of the profile: ${level} %, time of the step: ${from} – ${to}`,
  stepNumber: (step) => `Step ${step}`,
  notes: {
    accuracy:
      'Accuracy: operations that ended (succeeded and failed) as a share of those planned for the hold. Response time counts from the planned instant. The ramp is not judged.',
    few: (operations) => `Fewer than 50 operations on the hold, where a single missed one breaks 98 %: ${operations}.`,
    details:
      '“Accepted”: the system took the operation in. “Completed”: the user can see the result. Both from the planned instant; “from sending” shows how much of it the generator is not to blame for.',
    calls: 'Every HTTP call on its own, repeated polls included. Data preparation is not included.',
    unconfirmed: (operations) =>
      `Contract not confirmed by documentation, paths come from the path profile: ${operations}.`,
    allConfirmed: 'Every call used is confirmed by documentation or observation.',
    noErrors: 'There were no errors.',
    noHolds: 'No hold was finished.',
    onecAbsent: 'No address of the 1C emulator was given, the background exchange was not observed.',
    onecFailed: (error) => `The 1C emulator did not answer: ${error}`,
    noFaults: 'no fault rules active',
    doorFailed: (error) => `no answer: ${error}`,
    signatures: ({ signed, taken, notAvailable, valid, invalid, firstRefusal }) =>
      `Signed under load: ${signed}. Archives received: ${taken}, not available: ${notAvailable}. Signatures verified: ${valid + invalid}, good: ${valid}, bad: ${invalid}${firstRefusal ? ` (${firstRefusal})` : ''}.`,
    littleNotApplied: 'too few data',
    fitness: 'The generator is checked first: when it did not keep up, nothing can be said about the system.',
    search:
      'Lmax: the last step on whose hold SLA, error share and accuracy were kept. The points of degradation, errors and saturation are different and given apart; throughput: what ended while the hold lasted, per cent of the profile.',
  },
  purposes: { search: 'search', confirm: 'confirmation' },
  points: {
    degradation: 'Degradation point',
    errors: 'Error point',
    saturation: 'Saturation point',
    throughput: 'Highest throughput',
    none: 'not reached',
  },
  pointValue: {
    degradation: (value, title) => `“${title}”: p95 is ${value} times that of the first step`,
    errors: (value, title) => `“${title}”: ${value} % of errors`,
    saturation: (value) => `${value} % of the profile was done`,
  },
  reliability: ({ kind, levelPercent, lmaxPercent }) => {
    const share = number((levelPercent / lmaxPercent) * 100, 0);
    if (kind === 'regular')
      return `Reliability test at ${share} % of the maximum (${number(levelPercent, 0)} % of the profile)`;
    if (kind === 'thin-reserve') return `Reliability test at ${share} % of the maximum: the reserve is under 25 %`;
    const claim = `The system does not meet the performance requirements: Lmax = ${number(lmaxPercent, 0)} % < Ltarget = 100 %`;
    return levelPercent < 100
      ? `${claim}; the load of ${number(levelPercent, 0)} % is for information and proves no requirement`
      : `${claim}; reliability at the target load is not confirmed`;
  },
  rehearsal: (factor) => `Rehearsal: the plan's times are multiplied by ${factor}; it proves nothing about the system.`,
  prepareSteps: {
    structure: 'Organisation, departments, positions',
    people: 'Employees',
    certificates: 'Certificates of the signers',
    stock: 'Stock of unsigned documents',
  },
  prepareHeading: 'Data preparation (not judged)',
  faultsHeading: 'Fault rules in the neighbouring systems',
  contractHeading: 'HRLink contract',
  repeatHeading: 'How to repeat',
  moments: { start: 'at the start', end: 'at the end' },
  chart: {
    latency: 'Response time from the plan',
    throughput: 'Intensity: planned and achieved, all operations',
    generator: 'Generator: operations in flight and CPU',
    planned: 'planned',
    completed: 'completed',
    inFlight: 'in flight',
    cpu: 'CPU, %',
    hold: 'hold',
    perSecond: 'op/s',
    milliseconds: 'ms',
    operation: 'operation',
    failed: 'failed',
    slaOutside: (limit) => `SLA ${limit} s`,
  },
};
