import fc from 'fast-check';
import { nextDailyMs } from './job-schedule.js';

const at = (iso: string) => Date.parse(iso);

describe('the next moment of a daily job', () => {
  it.each([
    ['later today', '17:30', '2026-01-15T09:00:00Z', 180, '2026-01-15T14:30:00Z'],
    ['tomorrow when the time has passed', '09:00', '2026-01-15T09:00:00Z', 180, '2026-01-16T06:00:00Z'],
    ['tomorrow at the very moment', '12:00', '2026-01-15T09:00:00Z', 180, '2026-01-16T09:00:00Z'],
    ['on the local day, which may be the next', '00:10', '2026-01-15T20:55:00Z', 180, '2026-01-15T21:10:00Z'],
    ['west of Greenwich', '23:00', '2026-01-15T03:30:00Z', -300, '2026-01-15T04:00:00Z'],
  ])('%s', (_, time, now, offset, expected) => {
    expect(nextDailyMs(time, at(now), offset)).toBe(at(expected));
  });

  it('is always within the next 24 hours and shows the asked local time', () => {
    const minutes = fc.integer({ min: 0, max: 1439 });
    const now = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(minutes, now, fc.integer({ min: -720, max: 840 }), (minute, nowMs, offset) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const next = nextDailyMs(time, nowMs, offset);
        expect(next).toBeGreaterThan(nowMs);
        expect(next).toBeLessThanOrEqual(nowMs + 86_400_000);
        expect(new Date(next + offset * 60_000).toISOString().slice(11, 19)).toBe(`${time}:00`);
      }),
    );
  });
});
