import { createHash } from 'node:crypto';

const PERSON_BITS = 27n;
const CHECK_BITS = 21n;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Check value over the random part and the number, so that other people's UUIDs are not mistaken for ours. */
function checkOf(head: string, person: bigint): bigint {
  const digest = createHash('sha256').update(`${head}:${person}`).digest();
  return BigInt(digest.readUInt32BE(0)) & ((1n << CHECK_BITS) - 1n);
}

/** Both parts of the last group are masked by the random head: ids of one person do not look alike. */
function maskOf(head: string): bigint {
  return BigInt(`0x${createHash('sha256').update(head).digest('hex').slice(0, 12)}`);
}

/**
 * A UUID that also says whom it concerns: calls that carry nothing but the id are still recognised, without a lookup.
 * @param uuid fresh random UUID, lower case; returned as it is for a person outside the population
 */
export function subjectId(uuid: string, person: number | undefined): string {
  if (person === undefined) return uuid;
  const head = uuid.slice(0, 23);
  const value = (BigInt(person) << CHECK_BITS) | checkOf(head, BigInt(person));
  return `${head}-${(value ^ maskOf(head)).toString(16).padStart(12, '0')}`;
}

/** Person number inside an id made by `subjectId`; undefined for any other value. */
export function personOfSubjectId(id: unknown): number | undefined {
  if (typeof id !== 'string' || !UUID.test(id)) return undefined;
  const head = id.slice(0, 23);
  const value = BigInt(`0x${id.slice(24)}`) ^ maskOf(head);
  const person = value >> CHECK_BITS;
  const isOurs = person < 1n << PERSON_BITS && checkOf(head, person) === (value & ((1n << CHECK_BITS) - 1n));
  return isOurs ? Number(person) : undefined;
}
