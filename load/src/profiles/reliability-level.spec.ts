import { planSchema } from './plan.schema.js';
import { reliabilityLevel } from './reliability-level.js';
import { parseTimeScale, scalePlan } from './time-scale.js';

const plan = planSchema.parse({ name: 'r', reliability: { ramp: '20m', hold: '12h' } }).reliability!;

describe('level of a reliability test', () => {
  it.each([
    [150, 120, 'regular'],
    [125, 100, 'regular'],
    [124, 100, 'thin-reserve'],
    [100, 100, 'thin-reserve'],
  ])('Lmax %i %% gives %i %%, %s', (lmax, levelPercent, kind) => {
    expect(reliabilityLevel(plan, lmax)).toMatchObject({ levelPercent, kind });
  });

  it('demands a choice when the maximum is below the target', () => {
    expect(() => reliabilityLevel(plan, 90)).toThrow('the maximum of 90 % is below the required 100 %, choose target');
    expect(reliabilityLevel(plan, 90, 'target')).toMatchObject({ levelPercent: 100, kind: 'below-target' });
    expect(reliabilityLevel(plan, 90, 'share')).toMatchObject({ levelPercent: 72, kind: 'below-target' });
  });

  it('does not start without a maximum', () => {
    expect(() => reliabilityLevel(plan, undefined)).toThrow('--lmax: missing');
  });
});

describe('time scale', () => {
  it.each([
    ['1/60', 1 / 60],
    ['0.5', 0.5],
    ['1', 1],
    ['0', undefined],
    ['2', undefined],
    ['1/0', undefined],
    ['fast', undefined],
  ])('reads %s', (text, scale) => expect(parseTimeScale(text)).toBe(scale));

  it('shortens ramps, holds and settle times, and nothing else', () => {
    const whole = planSchema.parse({ name: 'r', reliability: { ramp: '20m', hold: '12h' }, drain: '2m' });
    const scaled = scalePlan(whole, 1 / 60);
    expect(scaled.reliability).toMatchObject({ ramp: 20_000, hold: 720_000, settle: 2000, share: 80 });
    expect(scaled).toMatchObject({ drain: 120_000, maxInFlight: 2000, checkpointEvery: 1000 });
  });
});
