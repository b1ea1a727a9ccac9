import { ProtocolError } from '@poligon/emulator-kit';

/** The provider reckons in Moscow time. */
const MOSCOW_MS = 3 * 3_600_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** `DD.MM.YYYY hh:mm:ss`, Moscow time. */
export function moscowText(epochMs: number): string {
  const [date, time] = new Date(epochMs + MOSCOW_MS).toISOString().split('T') as [string, string];
  return `${date.split('-').reverse().join('.')} ${time.slice(0, 8)}`;
}

type Reader = (match: RegExpExecArray, nowMs: number, offsetMs: number) => number | undefined;

/** Forms of `time` (section 2.1): now, a moment in seconds, minutes from now, hours of the day, DDMMYYhhmm. */
const FORMS: readonly (readonly [RegExp, Reader])[] = [
  [/^0?$/, () => undefined],
  [/^0(\d{9,11})$/, ([, seconds]) => Number(seconds) * 1000],
  [/^\+(\d{1,6})$/, ([, minutes], nowMs) => nowMs + Number(minutes) * MINUTE_MS],
  [
    /^(\d{1,2})-(\d{1,2})$/,
    ([, from, to], nowMs, offsetMs) => nextOpening(Number(from), Number(to), nowMs + offsetMs, nowMs),
  ],
  [/^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/, (match, _, offsetMs) => momentOf(match) - offsetMs],
];

/**
 * Wall time at which a message leaves, or undefined for at once; `tz` is hours from Moscow.
 * @throws ProtocolError `invalid-date`
 */
export function sendTime(text: string | undefined, tz: string | undefined, nowMs: number): number | undefined {
  const hours = Number(tz ?? '0');
  if (!Number.isFinite(hours) || Math.abs(hours) > 24) throw new ProtocolError('invalid-date');
  for (const [form, read] of FORMS) {
    const match = form.exec(text ?? '');
    if (match === null) continue;
    const atMs = read(match, nowMs, MOSCOW_MS + hours * HOUR_MS);
    if (Number.isNaN(atMs)) throw new ProtocolError('invalid-date');
    return atMs;
  }
  throw new ProtocolError('invalid-date');
}

/** `hh:mm` or whole hours, 00:01 … 24:00. @throws ProtocolError `parameters-error` */
export function validity(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const match = /^(\d{1,2})(?::(\d{2}))?$/.exec(text);
  const minutes = match === null ? 0 : Number(match[1]) * 60 + Number(match[2] ?? '0');
  if (minutes < 1 || minutes > 1440) throw new ProtocolError('parameters-error');
  return minutes * MINUTE_MS;
}

function nextOpening(from: number, to: number, localMs: number, nowMs: number): number | undefined {
  if (from > 24 || to > 24) return NaN;
  const hour = new Date(localMs).getUTCHours();
  const isOpen = from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  if (isOpen) return undefined;
  const intoHourMs = localMs % HOUR_MS;
  return nowMs - intoHourMs + ((from - hour + 24) % 24) * HOUR_MS;
}

function momentOf([, day, month, year, hour, minute]: RegExpExecArray): number {
  return Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:00Z`);
}
