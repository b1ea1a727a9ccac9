import type { Row, Statement } from '@poligon/emulator-kit';
import type { Message } from '../domain/message.js';
import type { KeptText } from './inbox-message.js';

/** A text that has arrived and is to be kept. */
export interface ArrivedText {
  readonly message: Message;
  /** Which arrival of the message it is. */
  readonly arrival: number;
  readonly text: string;
  readonly receivedAtMs: number;
  readonly isPartial: boolean;
}

/** Texts of a phone that one reading looks at: an old one-time code is of no use. */
export const MAX_PER_PHONE = 50;
const COLUMNS = '"seq", "phone", "received_at_ms", "document"';

/** Keeps texts; those that were kept before are left out of what it returns. */
export function insertTexts(texts: readonly ArrivedText[]): Statement {
  return {
    name: 'sms.inbox_text insert',
    text:
      `INSERT INTO "sms"."inbox_text" ("message_id", "arrival", "phone", "received_at_ms", "document") ` +
      `SELECT u."message_id", u."arrival", u."phone", u."received_at_ms", u."document"::json ` +
      `FROM unnest($1::bigint[], $2::int[], $3::text[], $4::bigint[], $5::text[]) ` +
      `AS u("message_id", "arrival", "phone", "received_at_ms", "document") ` +
      `ON CONFLICT ("message_id", "arrival") DO NOTHING RETURNING "seq", "message_id", "arrival"`,
    values: [
      texts.map(({ message }) => message.id),
      texts.map(({ arrival }) => arrival),
      texts.map(({ message }) => message.phone),
      texts.map(({ receivedAtMs }) => receivedAtMs),
      texts.map(({ message: { id, sender, dialect, segments }, text, isPartial }) =>
        JSON.stringify({ id, sender, dialect, segments, text, isPartial }),
      ),
    ],
  };
}

/** Texts nobody took, newest first, of several phones. */
export function textsOfPhones(phones: readonly string[]): Statement {
  return {
    name: 'sms.inbox_text phones',
    text:
      `SELECT t.* FROM unnest($1::text[]) AS p("phone") CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM "sms"."inbox_text" i ` +
      `WHERE i."phone" = p."phone" AND i."taken_at_ms" IS NULL ORDER BY i."seq" DESC LIMIT ${MAX_PER_PHONE}) t`,
    values: [phones],
  };
}

/** Texts nobody took, newest first, of all phones, before a position. */
export function newestTexts(beforeSeq: number, after: number, limit: number): Statement {
  return {
    text:
      `SELECT ${COLUMNS} FROM "sms"."inbox_text" WHERE "seq" < $1::bigint AND "seq" > $2::bigint AND "taken_at_ms" IS NULL ` +
      `ORDER BY "seq" DESC LIMIT $3`,
    values: [beforeSeq, after, limit],
  };
}

/** Takes texts for one reader each; returns those that nobody took before. */
export function takeTexts(seqs: readonly number[], nowMs: number): Statement {
  return {
    name: 'sms.inbox_text take',
    text:
      `UPDATE "sms"."inbox_text" SET "taken_at_ms" = $2::bigint ` +
      `WHERE "seq" = ANY($1::bigint[]) AND "taken_at_ms" IS NULL RETURNING "seq"`,
    values: [seqs, nowMs],
  };
}

/** A text as a row gives it. */
export function keptTextOf(row: Row): KeptText {
  const { text, isPartial, ...message } = JSON.parse(row['document'] as string) as Message & { isPartial: boolean };
  return {
    seq: row['seq'] as number,
    message: { ...message, phone: row['phone'] as string } as Message,
    text,
    receivedAtMs: row['received_at_ms'] as number,
    isPartial,
    isGone: false,
  };
}
