import type { ServiceOnHold } from '../observe/emulators/emulator.observer.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { TraceSummary } from '../tracing/trace-summary.js';
import { partOf } from '../tracing/part.js';
import type { ExternalShare } from './analysis.js';

/** The system under test may be named among the admin doors too; its own answers are not an outer share. */
const OWN = /^hrlink/i;

/** Step 6.4: calls in progress at every outer system over every hold, and what part of the operations in flight they are. */
export function externalShares(services: readonly ServiceOnHold[], holds: readonly HoldObservation[]): ExternalShare[] {
  return services
    .filter(({ system }) => !OWN.test(system))
    .flatMap((line) => {
      const hold = holds.find(({ step }) => step === line.step);
      if (!hold || line.operations.length === 0 || line.seconds <= 0) return [];
      const rows = line.operations.map((row) => shareOf(line, row.operation, [row], hold.meanInFlight));
      return [shareOf(line, '*', line.operations, hold.meanInFlight), ...rows];
    });
}

/**
 * The same from traces: what of the critical path of each business operation an outer system had. Unlike the sums of
 * metrics it leaves out calls nobody waited for.
 */
export function tracedShares(
  traces: TraceSummary | undefined,
  holds: readonly HoldObservation[],
  watched: ReadonlySet<string>,
): ExternalShare[] {
  return (traces?.steps ?? [])
    .filter(({ stage }) => stage === 'hold')
    .flatMap((line) => {
      const hold = holds.find(({ step }) => step === line.step);
      if (!hold || line.meanMs <= 0) return [];
      const systems = new Set(Object.keys(line.parts).flatMap((key) => partOf(key).service ?? []));
      return [...systems].map((service) => ({ ...tracedShare(line, hold, service), system: nameOf(service, watched) }));
    });
}

const ALIASES: Readonly<Record<string, string>> = { onec: '1c' };

/** Traces go by a service's own name (`ca-unep-emulator`), admin doors by a short one (`ca`): a neighbour has the latter. */
function nameOf(service: string, watched: ReadonlySet<string>): string {
  const words = service.split('-');
  return [...watched].find((name) => name === service || words.includes(ALIASES[name] ?? name)) ?? service;
}

function tracedShare(line: TraceSummary['steps'][number], hold: HoldObservation, system: string): ExternalShare {
  const ofKind = (kind: string) =>
    Object.entries(line.parts)
      .filter(([key]) => partOf(key).kind === kind && partOf(key).service === system)
      .reduce((sum, [, ms]) => sum + ms, 0);
  const injectedMs = ofKind('injected');
  const meanMs = ofKind('external') + injectedMs;
  const callsPerSecond = (line.count * 1000) / hold.judgedMs;
  return {
    step: line.step,
    levelPercent: hold.levelPercent,
    system,
    operation: '*',
    of: line.operation,
    callsPerSecond,
    meanMs,
    injectedMs,
    concurrency: (callsPerSecond * meanMs) / 1000,
    share: meanMs / line.meanMs,
    refusedShare: 0,
    source: 'traces',
  };
}

function shareOf(
  { step, levelPercent, system, seconds }: ServiceOnHold,
  operation: string,
  rows: ServiceOnHold['operations'],
  inFlight: number,
): ExternalShare {
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const calls = sum((row) => row.calls);
  const totalMs = sum((row) => row.totalMs);
  const concurrency = totalMs / 1000 / seconds;
  const good = sum((row) => row.outcomes['reply'] ?? 0);
  const ended = sum((row) => Object.values(row.outcomes).reduce((all, count) => all + count, 0));
  return {
    step,
    levelPercent,
    system,
    operation,
    callsPerSecond: calls / seconds,
    meanMs: totalMs / calls,
    injectedMs: sum((row) => row.injectedMs) / calls,
    concurrency,
    share: inFlight > 0 ? concurrency / inFlight : 0,
    refusedShare: ended > 0 ? 1 - good / ended : 0,
    source: 'metrics',
  };
}
