import type { ExternalShare } from '../analysis.js';
import type { Evidence } from '../finding.js';
import type { Facts, Suspect } from './facts.js';
import { clamp } from './facts.js';
import { phrase } from './phrase.js';

const LEAST_CONCURRENCY = 0.2;
const LEAST_REFUSED = 0.02;
const CLEARLY_REFUSED = 0.15;
/** What a neighbour had on a step that passed is its ordinary share, not the cause; this part of it still counts. */
const ORDINARY_PART = 0.3;
const SLOWER = 2;
const LEAST_SHARE = 0.1;
/** Refusals are functional answers too (not ready yet, wrong code): only more than before counts. */
const REFUSED_GROWTH = 0.02;

/** Outer systems that take longer, or refuse. */
export function neighbours(facts: Facts): Suspect[] {
  const { focus, analysis } = facts;
  const whole = analysis.external.filter(({ operation, of }) => operation === '*' && of === undefined);
  const here = whole.filter(({ step }) => step === focus.step);
  return here.flatMap((now) => {
    const before = whole.find(({ step, system }) => step === focus.baselineStep && system === now.system);
    return [...slow(facts, now, before), ...refusing(facts, now, before)];
  });
}

function slow(facts: Facts, now: ExternalShare, before: ExternalShare | undefined): Suspect[] {
  const { focus } = facts;
  if (now.concurrency < LEAST_CONCURRENCY) return [];
  const growth = focus.levelPercent / (focus.baselinePercent ?? focus.levelPercent);
  const ordinary = before ? Math.min(now.concurrency, before.concurrency * growth) : 0;
  const direct = now.concurrency - ordinary * (1 - ORDINARY_PART);
  const worst = worstOperation(facts, now);
  return [
    {
      kind: 'neighbour-slow',
      layer: 'neighbour',
      subject: now.system,
      direct,
      pull: claimOf(now, before, direct / Math.max(focus.inFlight, 1)),
      values: { system: now.system, operation: worst?.operation ?? '*' },
      evidence: [
        shareEvidence(now, before),
        ...(worst ? [operationEvidence(facts, worst)] : []),
        ...pathEvidence(facts, now.system),
      ],
      counterEvidence: now.injectedMs > 0 ? [injectedEvidence(now)] : [],
    },
  ];
}

/** Calls that take twice as long as before hold up more than the ones that have ended show. */
function claimOf(now: ExternalShare, before: ExternalShare | undefined, share: number): number {
  const isSlower = before !== undefined && now.meanMs >= before.meanMs * SLOWER && share >= LEAST_SHARE;
  return clamp(share) * 0.5 + (isSlower ? 0.5 : 0);
}

function shareEvidence(now: ExternalShare, before: ExternalShare | undefined): Evidence {
  const percent = (value: number) => Math.round(value * 100);
  return {
    metric: `${now.system} concurrency`,
    unit: 'calls',
    ...(before ? { baselineStep: before.step, before: before.concurrency } : {}),
    step: now.step,
    after: now.concurrency,
    text: phrase(
      before
        ? {
            ru: 'вызовов {system} в работе: {before} → {after}, доля времени операций {shareBefore} → {share} %, среднее {meanBefore} → {mean} мс',
            en: 'calls of {system} in progress: {before} → {after}, share of the operations’ time {shareBefore} → {share} %, mean {meanBefore} → {mean} ms',
          }
        : {
            ru: 'вызовов {system} в работе: {after}, доля времени операций {share} %, среднее {mean} мс',
            en: 'calls of {system} in progress: {after}, share of the operations’ time {share} %, mean {mean} ms',
          },
      {
        system: now.system,
        before: before?.concurrency ?? 0,
        after: now.concurrency,
        shareBefore: percent(before?.share ?? 0),
        share: percent(now.share),
        meanBefore: before?.meanMs ?? 0,
        mean: now.meanMs,
      },
    ),
  };
}

function worstOperation({ analysis }: Facts, now: ExternalShare): ExternalShare | undefined {
  return analysis.external
    .filter(({ step, system, operation }) => step === now.step && system === now.system && operation !== '*')
    .sort((a, b) => b.concurrency - a.concurrency)[0];
}

function operationEvidence({ analysis, focus }: Facts, worst: ExternalShare): Evidence {
  const before = analysis.external.find(
    (each) => each.step === focus.baselineStep && each.system === worst.system && each.operation === worst.operation,
  );
  return {
    metric: worst.operation,
    unit: 'ms',
    ...(before ? { baselineStep: before.step, before: before.meanMs } : {}),
    step: worst.step,
    after: worst.meanMs,
    text: phrase(
      {
        ru: 'больше всего занимает {operation}: среднее {mean} мс, {rate} вызовов в секунду',
        en: 'most of it is {operation}: mean {mean} ms, {rate} calls per second',
      },
      { operation: worst.operation, mean: worst.meanMs, rate: worst.callsPerSecond },
    ),
  };
}

/** What traces say of the operations that suffer: their critical path, not the sum of calls. */
function pathEvidence({ analysis, focus }: Facts, system: string): Evidence[] {
  const rows = analysis.external.filter(
    (each) => each.of !== undefined && each.step === focus.step && each.system === system && each.share >= 0.05,
  );
  return rows
    .filter(({ of }) => focus.operations.includes(of as string))
    .map((row) => ({
      metric: `critical path ${row.of}`,
      unit: '%',
      step: row.step,
      after: row.share * 100,
      text: phrase(
        {
          ru: 'на критическом пути «{of}»: {ms} мс, {share} % времени операции (по трассам)',
          en: 'on the critical path of “{of}”: {ms} ms, {share} % of the operation’s time (from traces)',
        },
        { of: row.of as string, ms: row.meanMs, share: Math.round(row.share * 100) },
      ),
    }));
}

/** The emulators know their own injected delay (spec 6.4): it is said, so that nobody takes it for the real system's. */
function injectedEvidence({ injectedMs, meanMs, system }: ExternalShare): Evidence {
  return {
    metric: `${system} injected`,
    unit: 'ms',
    after: injectedMs,
    text: phrase(
      {
        ru: 'из {mean} мс намеренно внесено эмулятором {injected} мс: профиль задержек и правила сбоев, а не сама система',
        en: '{injected} of the {mean} ms were put in on purpose by the emulator: its latency profile and fault rules, not the real system',
      },
      { mean: meanMs, injected: injectedMs },
    ),
  };
}

function refusing(facts: Facts, now: ExternalShare, before: ExternalShare | undefined): Suspect[] {
  const grown = now.refusedShare - (before?.refusedShare ?? 0);
  if (now.refusedShare < LEAST_REFUSED || grown < REFUSED_GROWTH) return [];
  const rules = facts.analysis.annotations.filter(({ service, kind }) => service === now.system && kind === 'fault');
  return [
    {
      kind: 'neighbour-refuses',
      layer: 'neighbour',
      subject: now.system,
      direct: 0,
      pull: clamp(grown / CLEARLY_REFUSED),
      values: { system: now.system },
      evidence: [
        {
          metric: `${now.system} refused`,
          unit: '%',
          ...(before ? { baselineStep: before.step, before: before.refusedShare * 100 } : {}),
          step: now.step,
          after: now.refusedShare * 100,
          text: phrase(
            {
              ru: '{system} отказывает в {after} % вызовов, на базовой ступени в {before} %; вызовов в секунду {rate}',
              en: '{system} refuses {after} % of the calls, {before} % on the baseline step; {rate} calls per second',
            },
            {
              system: now.system,
              after: now.refusedShare * 100,
              before: (before?.refusedShare ?? 0) * 100,
              rate: now.callsPerSecond,
            },
          ),
        },
      ],
      counterEvidence: rules.slice(0, 3).map(({ text }) => ({ text: { ru: text, en: text } })),
    },
  ];
}
