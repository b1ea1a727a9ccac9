import { loadProfileSchema } from '../../profiles/load-profile.schema.js';
import { planSchema } from '../../profiles/plan.schema.js';
import { readYamlFile } from '../../profiles/read-yaml-file.js';
import { durationRows, needRows, planKinds } from './schedule-tables.js';

const plans = ['max-performance', 'reliability'].map((name) => readYamlFile(name, 'plan', planSchema).value);
const { search, reliability } = planKinds(plans);
const MINUTE_MS = 60_000;

// Figures of spec load-testing.md 1.4.
it.each([
  [3, 170, 250, 990, 120],
  [5, 260, 340, 1080, 140],
  [8, 395, 475, 1215, 170],
])('counts %i steps as %i, %i and %i minutes up to %i %%', (steps, searched, confirmed, all, level) => {
  const found = durationRows(search!, reliability).find((row) => row.steps === steps);
  expect(found).toEqual({
    steps,
    searchMs: searched * MINUTE_MS,
    confirmedMs: confirmed * MINUTE_MS,
    allMs: all * MINUTE_MS,
    levelPercent: level,
  });
});

it('needs 4.87, 1.52 and 12.65 hours of the full profile for five steps, confirmation and reliability', () => {
  const profile = loadProfileSchema.parse({
    name: 'thousand',
    description: { ru: 'т', en: 't' },
    operations: { 'sign-unep': { perHour: 1_000_000, sla: { percentile: 95, limit: '8s' } } },
  });
  const [need] = needRows(profile, { search: search!, reliability: reliability! });
  expect(need!.search / 1_000_000).toBeCloseTo(4.87, 2);
  expect(need!.confirm / 1_000_000).toBeCloseTo(1.52, 2);
  expect(need!.reliability / 1_000_000).toBeCloseTo(12.65, 2);
});

it('leaves out operations that the profile has switched off', () => {
  const profile = loadProfileSchema.parse({
    name: 'one',
    description: { ru: 'т', en: 't' },
    operations: {
      'sign-unep': { perHour: 10, sla: { percentile: 95, limit: '8s' } },
      'send-lna': { perHour: 0, sla: { percentile: 95, limit: '8s' } },
    },
  });
  expect(needRows(profile, { search: search! }).map((row) => row.operation)).toEqual(['sign-unep']);
});
