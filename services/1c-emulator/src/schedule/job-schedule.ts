/** When a job runs by itself: once a day at a local time, or over and over; null means never. */
export type JobSchedule =
  { readonly at: string } | { readonly everySeconds: number; readonly firstAfterSeconds?: number | undefined };

const DAY_MS = 86_400_000;

/**
 * Next moment a daily job falls due, strictly after `nowMs`.
 * @param at `HH:MM` in the local time of the 1C server, `utcOffsetMinutes` ahead of UTC
 */
export function nextDailyMs(at: string, nowMs: number, utcOffsetMinutes: number): number {
  const [hours, minutes] = at.split(':').map(Number) as [number, number];
  const offsetMs = utcOffsetMinutes * 60_000;
  const localMidnightMs = Math.floor((nowMs + offsetMs) / DAY_MS) * DAY_MS;
  const todayMs = localMidnightMs + (hours * 60 + minutes) * 60_000 - offsetMs;
  return todayMs > nowMs ? todayMs : todayMs + DAY_MS;
}
