import { PduError } from './pdu.js';
import type { StatusName } from './tables/command-status.js';

const ABSOLUTE = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d)(\d{2})([+-])$/;
const RELATIVE = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\d{3}R$/;
const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/**
 * Wall time of an SMPP time (3.4 section 7.1.1), or undefined for an empty one: `YYMMDDhhmmsstnnp`, or relative ending in `R`
 * (months are 30 days, years 365).
 * @throws PduError with `fault`
 */
export function smppTime(text: string, nowMs: number, fault: StatusName): number | undefined {
  if (text === '') return undefined;
  const relative = RELATIVE.exec(text)?.slice(1).map(Number);
  if (relative !== undefined) {
    const [years, months, days, hours, minutes, seconds] = relative as [number, number, number, number, number, number];
    const dayCount = years * 365 + months * 30 + days;
    return nowMs + dayCount * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  }
  const match = ABSOLUTE.exec(text);
  const [, year, month, day, hour, minute, second, tenths, quarters, sign] = match ?? [];
  const localMs = Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:${second}.${tenths}00Z`);
  if (match === null || Number.isNaN(localMs) || Number(quarters) > 48) {
    throw new PduError(fault, `${text}: not a time of the form YYMMDDhhmmsstnnp`);
  }
  return localMs - Number(quarters) * QUARTER_MS * (sign === '+' ? 1 : -1);
}

/** Absolute form in UTC. */
export function smppTimeText(epochMs: number): string {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '');
  return `${digits.slice(2, 14)}${digits[14]}00+`;
}
