import type { Facts, Suspect } from './facts.js';
import { phrase } from './phrase.js';

/** The rest: time of the operations that nothing watched accounts for. */
export function unexplained({ focus, analysis, hold }: Facts): Suspect[] {
  const watched = analysis.observers
    .filter(({ state }) => state === 'ok' || state === 'partly')
    .map(({ name }) => name);
  return [
    {
      kind: 'unexplained',
      layer: 'application',
      subject: 'HRLink',
      direct: 0,
      pull: 0.05,
      values: { watched: watched.length > 0 ? watched.join(', ') : '–' },
      evidence: [
        {
          metric: 'in flight',
          unit: 'operations',
          step: focus.step,
          after: hold.meanInFlight,
          text: phrase(
            {
              ru: 'операций в работе {inFlight}; наблюдалось: {watched}',
              en: '{inFlight} operations in flight; watched: {watched}',
            },
            { inFlight: hold.meanInFlight, watched: watched.length > 0 ? watched.join(', ') : '–' },
          ),
        },
      ],
      counterEvidence: [],
    },
  ];
}
