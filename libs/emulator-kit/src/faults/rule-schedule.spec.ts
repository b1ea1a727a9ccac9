import { ruleFixture } from '../../test/fault-rule-store-contract.js';
import { isExpired, strengthAt } from './rule-schedule.js';

const at = (realMs: number, shiftMs = 0) => ({ realMs, wallMs: realMs + shiftMs });

describe('strengthAt', () => {
  it.each([
    ['no schedule', undefined, 5, 1],
    ['before afterMs', { afterMs: 100 }, 99, 0],
    ['from afterMs on', { afterMs: 100 }, 100, 1],
    ['inside the window', { forMs: 50 }, 49, 1],
    ['after the window', { forMs: 50 }, 50, 0],
    ['in the second window', { forMs: 50, everyMs: 200 }, 249, 1],
    ['between windows', { forMs: 50, everyMs: 200 }, 260, 0],
    ['half-way up the ramp', { rampMs: 100 }, 50, 0.5],
    ['above the ramp', { rampMs: 100 }, 150, 1],
    ['on the ramp of the second window', { forMs: 50, everyMs: 200, rampMs: 100 }, 225, 0.25],
  ])('%s', (_, schedule, elapsedMs, expected) => {
    expect(strengthAt(ruleFixture({ setAtMs: 1000, schedule }), at(1000 + elapsedMs))).toBe(expected);
  });

  it('counts from a wall instant that the clock shift moves', () => {
    const rule = ruleFixture({ schedule: { startAt: '1970-01-01T00:00:02Z', forMs: 500 } });
    expect(strengthAt(rule, at(1000))).toBe(0);
    expect(strengthAt(rule, at(1000, 1200))).toBe(1);
  });
});

it('ends a rule by its age, whatever the shift', () => {
  const rule = ruleFixture({ setAtMs: 1000, ttlMs: 100 });
  expect(isExpired(rule, 1099)).toBe(false);
  expect(isExpired(rule, 1100)).toBe(true);
});
