/** Days a job runs on; every day when neither list is given. */
export interface JobCalendar {
  /** 1 to 31; 31 is the last day of a shorter month, too. */
  readonly daysOfMonth?: readonly number[] | undefined;
  /** 1 is Monday, 7 Sunday. */
  readonly daysOfWeek?: readonly number[] | undefined;
  /** A day of the month that is a Saturday or a Sunday: kept, or moved to the working day before or after it, as paydays are. */
  readonly onWeekend?: 'keep' | 'before' | 'after' | undefined;
}

/** When a job runs by itself: on days at a local time, or over and over; null means never. */
export type JobSchedule =
  | ({ readonly at: string } & JobCalendar)
  | { readonly everySeconds: number; readonly firstAfterSeconds?: number | undefined };

const DAY_MS = 86_400_000;
/** Every calendar that has a day at all has one within that many days: 29 February of the next leap year but one, moved over a weekend. */
const LONGEST_WAIT_DAYS = 366 * 8 + 4;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/**
 * Next moment a job on days falls due, strictly after `nowMs`; undefined when its calendar has no such day.
 * @param schedule `at` is `HH:MM` in the local time of the 1C server, `utcOffsetMinutes` ahead of UTC
 */
export function nextDueMs(
  schedule: { readonly at: string } & JobCalendar,
  nowMs: number,
  utcOffsetMinutes: number,
): number | undefined {
  const [hours, minutes] = schedule.at.split(':').map(Number) as [number, number];
  const offsetMs = utcOffsetMinutes * 60_000;
  const today = Math.floor((nowMs + offsetMs) / DAY_MS);
  for (let day = today; day <= today + LONGEST_WAIT_DAYS; day += 1) {
    const dueMs = day * DAY_MS + (hours * 60 + minutes) * 60_000 - offsetMs;
    if (dueMs > nowMs && isOnCalendar(day, schedule)) return dueMs;
  }
  return undefined;
}

/** @param day days from 1970-01-01, local */
function isOnCalendar(day: number, calendar: JobCalendar): boolean {
  const { daysOfMonth, daysOfWeek, onWeekend = 'keep' } = calendar;
  if (daysOfWeek !== undefined && !daysOfWeek.includes(weekdayOf(day))) return false;
  if (daysOfMonth === undefined) return true;
  if (onWeekend === 'keep') return isDayOfMonth(day, daysOfMonth);
  if (weekdayOf(day) > 5) return false;
  return movedHere(day, onWeekend).some((one) => isDayOfMonth(one, daysOfMonth));
}

/** The day itself and the days off that are moved to it. */
function movedHere(day: number, onWeekend: 'before' | 'after'): readonly number[] {
  const weekday = weekdayOf(day);
  if (onWeekend === 'before') return weekday === 5 ? [day, day + 1, day + 2] : [day];
  return weekday === 1 ? [day, day - 1, day - 2] : [day];
}

function weekdayOf(day: number): number {
  return ((((day + EPOCH_WEEKDAY - 1) % 7) + 7) % 7) + 1;
}

function isDayOfMonth(day: number, days: readonly number[]): boolean {
  const number = new Date(day * DAY_MS).getUTCDate();
  const isLast = new Date((day + 1) * DAY_MS).getUTCDate() === 1;
  return days.includes(number) || (isLast && days.some((one) => one > number));
}
