import fc from 'fast-check';
import { MaxSearch } from './max-search.js';
import type { SearchedStep } from './max-search.js';

const RANGE = { startPercent: 100, stepPercent: 10, ceilingPercent: 150 };

/** Runs a search against a system that passes up to `truth`; the confirmation passes up to `confirmed`. */
function searchOf(truth: number, confirmed = truth, word: SearchedStep['word'] = 'failure') {
  const search = new MaxSearch(RANGE);
  const levels: string[] = [];
  for (let next = search.next(); next && levels.length < 100; next = search.next()) {
    const limit = next.purpose === 'confirm' ? confirmed : truth;
    levels.push(`${next.purpose[0]}${next.levelPercent}`);
    search.add({ ...next, step: levels.length, word: next.levelPercent <= limit ? 'success' : word });
  }
  return { levels: levels.join(' '), outcome: search.outcome() };
}

describe('search for the maximum', () => {
  it.each([
    [125, 125, 's100 s110 s120 s130 c120', { lmaxPercent: 120, result: 'found', isConfirmed: true, isDisputed: false }],
    [100, 100, 's100 s110 c100', { lmaxPercent: 100, result: 'found', isConfirmed: true }],
    [999, 999, 's100 s110 s120 s130 s140 s150 c150', { lmaxPercent: 150, result: 'at-least', isConfirmed: true }],
    [85, 85, 's100 s90 s80 c80', { lmaxPercent: 80, result: 'below-start', isConfirmed: true }],
    [120, 105, 's100 s110 s120 s130 c120 c110 c100', { lmaxPercent: 100, isConfirmed: true, isDisputed: true }],
    [999, 145, 's100 s110 s120 s130 s140 s150 c150 c140', { lmaxPercent: 140, result: 'found', isDisputed: true }],
    [5, 5, 's100 s90 s80 s70 s60 s50 s40 s30 s20 s10', { result: 'none', isConfirmed: false }],
  ])('capacity %i, confirmed up to %i: %s', (truth, confirmed, levels, outcome) => {
    const found = searchOf(truth, confirmed);
    expect(found.levels).toBe(levels);
    expect(found.outcome).toMatchObject(outcome);
  });

  it('stops at a step it cannot judge and calls the maximum «at least»', () => {
    const { levels, outcome } = searchOf(110, 110, 'insufficient');
    expect(levels).toBe('s100 s110 s120 c110');
    expect(outcome).toMatchObject({ lmaxPercent: 110, result: 'at-least', isConfirmed: true });
  });

  it('finds nothing when already the first step cannot be judged', () => {
    const { levels, outcome } = searchOf(0, 0, 'insufficient');
    expect(levels).toBe('s100');
    expect(outcome.lmaxPercent).toBeUndefined();
    expect(outcome.result).toBe('unfinished');
  });

  it('is a function of its verdicts: fed with those of an interrupted run, it goes on where that one ended', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.nat({ max: 20 }), (truth, kept) => {
        const { outcome } = searchOf(truth);
        const before = outcome.steps.slice(0, kept);
        const resumed = new MaxSearch(RANGE, before);
        const following = outcome.steps[before.length];
        const expected = following && { levelPercent: following.levelPercent, purpose: following.purpose };
        expect(resumed.next()).toEqual(expected);
      }),
    );
  });
});
