import type { ServiceOnHold } from '../observe/emulators/emulator.observer.js';
import type { HoldObservation } from '../verdict/observation.js';
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
