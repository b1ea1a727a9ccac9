import { PkiError } from '../pki.errors.js';
import type { DerNode } from './der-reader.js';
import { TAG } from './der-writer.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function fatal(decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    throw new PkiError('malformed', 'DER: string is not in its declared encoding', { cause });
  }
}

/** Text of any directory string type. @throws PkiError `malformed` for other types and wrong encodings. */
export function decodeString(node: DerNode): string {
  const bytes = node.content;
  switch (node.tag) {
    case TAG.utf8String:
      return fatal(() => utf8.decode(bytes));
    case TAG.numericString:
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.teletexString:
      return bytes.toString('latin1');
    case TAG.bmpString:
      if (bytes.length % 2) throw new PkiError('malformed', 'DER: BMPString has an odd length');
      return Buffer.from(bytes).swap16().toString('utf16le');
    default:
      throw new PkiError('malformed', `DER: tag ${node.tag.toString(16)} is not a string`);
  }
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d{1,9})?Z$/;

type DateFields = [year: number, month: number, day: number, hour: number, minute: number, second: number];

const notATime = (): PkiError => new PkiError('malformed', 'DER: not a time in UTC');

/** Full date and time fields of either time type. */
function timeFields(node: DerNode): DateFields {
  const pattern = { [TAG.utcTime]: UTC_TIME, [TAG.generalizedTime]: GENERALIZED_TIME }[node.tag];
  const found = node.content.length <= 32 ? pattern?.exec(node.content.toString('latin1')) : undefined;
  if (!found) throw notATime();
  const fields = found.slice(1).map((part: string | undefined) => Number(part ?? 0)) as DateFields;
  if (node.tag === TAG.utcTime) fields[0] += fields[0] < 50 ? 2000 : 1900;
  return fields;
}

/** UTCTime or GeneralizedTime in UTC, whole seconds. @throws PkiError `malformed`. */
export function decodeTime(node: DerNode): Date {
  const [year, month, day, hour, minute, second] = timeFields(node);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute, second);
  // Dates that do not exist roll over into another month or day.
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day || minute > 59) throw notATime();
  return at;
}
