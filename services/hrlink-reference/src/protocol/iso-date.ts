/** A time as answers show it: ISO 8601 UTC, or null (spec 2.1). */
export function isoDate(timeMs: number): string;
export function isoDate(timeMs: number | null): string | null;
export function isoDate(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}
