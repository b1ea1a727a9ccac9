import fc from 'fast-check';
import { nextDueMs, type JobCalendar } from './job-schedule.js';

const at = (iso: string) => Date.parse(iso);
const nextDailyMs = (time: string, nowMs: number, offset: number) => nextDueMs({ at: time }, nowMs, offset)!;

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

describe('a calendar of days', () => {
  const next = (calendar: JobCalendar, now: string) => {
    const dueMs = nextDueMs({ at: '10:00', ...calendar }, at(now), 180);
    return dueMs === undefined ? undefined : new Date(dueMs + 180 * 60_000).toISOString().slice(0, 10);
  };

  it.each<[string, JobCalendar, string, string | undefined]>([
    ['the fifth of the next month', { daysOfMonth: [5] }, '2026-01-05T12:00:00Z', '2026-02-05'],
    ['the nearer of two days', { daysOfMonth: [5, 20] }, '2026-01-05T12:00:00Z', '2026-01-20'],
    ['the last day of a short month', { daysOfMonth: [31] }, '2026-02-01T00:00:00Z', '2026-02-28'],
    // 2026-07-05 is a Sunday
    [
      'the Friday before a payday on Sunday',
      { daysOfMonth: [5], onWeekend: 'before' },
      '2026-07-01T00:00:00Z',
      '2026-07-03',
    ],
    [
      'the Monday after a payday on Sunday',
      { daysOfMonth: [5], onWeekend: 'after' },
      '2026-07-01T00:00:00Z',
      '2026-07-06',
    ],
    ['the weekend itself', { daysOfMonth: [5] }, '2026-07-01T00:00:00Z', '2026-07-05'],
    // 2026-08-01 is a Saturday: its payday is in July
    ['the month before', { daysOfMonth: [1], onWeekend: 'before' }, '2026-07-20T00:00:00Z', '2026-07-31'],
    ['the next working day', { daysOfWeek: [1, 2, 3, 4, 5] }, '2026-07-03T12:00:00Z', '2026-07-06'],
    ['a Friday the thirteenth', { daysOfWeek: [5], daysOfMonth: [13] }, '2026-01-01T00:00:00Z', '2026-02-13'],
    ['never', { daysOfWeek: [6], daysOfMonth: [5], onWeekend: 'before' }, '2026-01-01T00:00:00Z', undefined],
  ])('finds %s', (_, calendar, now, expected) => {
    expect(next(calendar, now)).toBe(expected);
  });

  it('is before the epoch what it is after', () => {
    expect(next({ daysOfWeek: [4] }, '1969-12-26T00:00:00Z')).toBe('1970-01-01');
  });
});
