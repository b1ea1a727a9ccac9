const FORM = /^(\d{4})\.(\d\d)\.(\d\d) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-])(\d\d)(\d\d)$/;
const HOUR_24 = / 24:/;
const MINUTE_MS = 60_000;
const MAX_OFFSET_MIN = 14 * 60;

/**
 * Moment of a request timestamp `yyyy.MM.dd HH:mm:ss Z`, milliseconds since the epoch, or undefined when it breaks the form.
 * A plus sign that arrived as a space (it was not sent as %2B) breaks it too.
 */
export function parseTimestamp(text: string, isHour24Allowed = false): number | undefined {
  // One client writes the first hour of a day as 24 without moving the date.
  const match = FORM.exec(isHour24Allowed ? text.replace(HOUR_24, ' 00:') : text);
  if (match === null) return undefined;
  const localMs = localTime(match.slice(1, 7).map(Number));
  const offsetMin = offset(Number(match[8]), Number(match[9]));
  if (localMs === undefined || offsetMin === undefined) return undefined;
  return localMs - (match[7] === '-' ? -1 : 1) * offsetMin * MINUTE_MS;
}

/** Milliseconds of a date and time that exists, read as UTC. */
function localTime(fields: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : undefined;
}

function offset(hours: number, minutes: number): number | undefined {
  const total = hours * 60 + minutes;
  return minutes > 59 || total > MAX_OFFSET_MIN ? undefined : total;
}
