import { odataFailure } from './odata-failure.js';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** Lower-case guid. @throws ProtocolError code 1 */
export function guidOf(text: string): string {
  if (!GUID.test(text)) throw odataFailure('cannot-parse', text, 'Edm.Guid');
  return text.toLowerCase();
}

/** `yyyy-MM-ddTHH:mm:ss`; zone and fraction are dropped (1c.md 5). @throws ProtocolError code 1 */
export function momentOf(text: string): string {
  const found = MOMENT.exec(text);
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = found ?? [];
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (found === null || !isTime || !isDay(Number(year), Number(month), Number(day))) {
    throw odataFailure('cannot-parse', text, 'Edm.DateTime');
  }
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= lengths[month - 1]!;
}
