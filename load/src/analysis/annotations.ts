import type { HoldVerdict } from '../verdict/verdict.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { Stop } from '../stop-rules/stop-watch.js';
import type { TimedAnnotation } from './analysis.js';
import type { ObservedRun } from './observed-run.js';

const KEPT = 500;

/** Everything that happened beside the load, in order of time: changes at admin doors, verdicts, stop rules. */
export function annotationsOf(
  { events }: ObservedRun,
  ran: { holds: readonly HoldObservation[]; verdicts: readonly HoldVerdict[]; stops: readonly Stop[] },
): TimedAnnotation[] {
  const verdicts = ran.verdicts.flatMap(({ step, word }): TimedAnnotation[] => {
    const hold = ran.holds.find((each) => each.step === step);
    return hold ? [{ at: hold.finishedAt, service: 'load', kind: 'verdict', text: `${step}: ${word}` }] : [];
  });
  const stops = ran.stops.map(({ at, rule }): TimedAnnotation => ({ at, service: 'load', kind: 'stop', text: rule }));
  return [...events, ...verdicts, ...stops].sort((a, b) => a.at - b.at).slice(0, KEPT);
}
