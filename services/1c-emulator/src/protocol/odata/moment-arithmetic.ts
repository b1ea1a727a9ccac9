/** Arithmetic on `yyyy-MM-ddTHH:mm:ss` in the server's own time; no zones. */
const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000, day: DAY_MS };
const UNIT_MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const WEEK_MS = 7 * DAY_MS;
/** Last moment of 1C's calendar. */
const LAST_MS = Date.UTC(3999, 11, 31, 23, 59, 59);
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');

const dateOf = (moment: string): Date => new Date(`${moment}Z`);

function momentAt(ms: number): string {
  const within = Math.min(Math.max(ms, FIRST_MS), LAST_MS);
  return new Date(within).toISOString().slice(0, 19);
}

/** `dateadd(d, unit, n)`; undefined for a unit 1C does not know. */
export function addToMoment(moment: string, unit: string, amount: number): string | undefined {
  const whole = Math.trunc(amount);
  const date = dateOf(moment);
  const step = unit === 'week' ? WEEK_MS : UNIT_MS[unit];
  if (step !== undefined) return momentAt(date.getTime() + whole * step);
  const months = UNIT_MONTHS[unit];
  if (months === undefined) return undefined;
  const day = date.getUTCDate();
  const target = Math.min(Math.max(date.getUTCFullYear() * 12 + date.getUTCMonth() + whole * months, 12), 47_999);
  const moved = new Date(date.getTime());
  moved.setUTCFullYear(Math.trunc(target / 12), target % 12, 1);
  const length = new Date(Date.UTC(Math.trunc(target / 12), (target % 12) + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, length));
  return momentAt(moved.getTime());
}

/** `datedifference(from, to, unit)`: whole units between the beginnings of both, as 1C counts. */
export function momentDifference(from: string, to: string, unit: string): number | undefined {
  const step = UNIT_MS[unit];
  if (step !== undefined) {
    return Math.floor(dateOf(to).getTime() / step) - Math.floor(dateOf(from).getTime() / step);
  }
  const months = UNIT_MONTHS[unit];
  if (months === undefined) return undefined;
  const count = (moment: string) =>
    Math.floor((Number(moment.slice(0, 4)) * 12 + Number(moment.slice(5, 7)) - 1) / months);
  return count(to) - count(from);
}

const dayOfYear = (date: Date): number => {
  const first = new Date(date.getTime());
  first.setUTCMonth(0, 1);
  return Math.floor(date.getTime() / DAY_MS) - Math.floor(first.getTime() / DAY_MS) + 1;
};

/** One part of a moment as a number; weeks begin on Monday, which is 1. */
export const MOMENT_PARTS: Readonly<Record<string, (moment: string) => number>> = {
  year: (moment) => Number(moment.slice(0, 4)),
  month: (moment) => Number(moment.slice(5, 7)),
  day: (moment) => Number(moment.slice(8, 10)),
  hour: (moment) => Number(moment.slice(11, 13)),
  minute: (moment) => Number(moment.slice(14, 16)),
  second: (moment) => Number(moment.slice(17, 19)),
  quarter: (moment) => Math.ceil(Number(moment.slice(5, 7)) / 3),
  dayofweek: (moment) => dateOf(moment).getUTCDay() || 7,
  dayofyear: (moment) => dayOfYear(dateOf(moment)),
};
