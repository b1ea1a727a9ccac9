import { originalText, storedText, type Row, type Statement } from '@poligon/emulator-kit';
import { dueAtMs, type Message, type MessageState } from '../domain/message.js';

/** Columns of a message that have a place of their own; everything else is in the document. */
export const COLUMNS =
  '"id", "phone", "dialect", "account", "sender", "state", "reference", "accepted_at_ms", "changed_at_ms", "document"';
const FINAL = ['delivered', 'read', 'expired', 'undeliverable', 'rejected', 'deleted', 'unknown'];

/** Inserts messages in one statement; a repetition changes nothing. */
export function insertMessages(messages: readonly Message[]): Statement {
  return {
    name: 'sms.message insert',
    text:
      `INSERT INTO "sms"."message" (${COLUMNS}, "due_at_ms") ` +
      `SELECT u."id", u."phone", u."dialect", u."account", u."sender", u."state", u."reference", u."accepted_at_ms", u."changed_at_ms", u."document"::json, u."due_at_ms" ` +
      `FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[], $11::bigint[]) ` +
      `AS u(${COLUMNS}, "due_at_ms") ON CONFLICT ("id") DO NOTHING`,
    values: [
      messages.map(({ id }) => id),
      messages.map(({ phone }) => phone),
      messages.map(({ dialect }) => dialect),
      messages.map(({ account }) => storedText(account)),
      messages.map(({ sender }) => storedText(sender)),
      messages.map(({ state }) => state),
      messages.map(({ reference }) => (reference === undefined ? null : storedText(reference))),
      messages.map(({ acceptedAtMs }) => acceptedAtMs),
      messages.map(({ changedAtMs }) => changedAtMs),
      messages.map(documentOf),
      messages.map(dueOf),
    ],
  };
}

/** Writes what has changed; a message that another replica brought to its end stays at its end. */
export function updateMessages(messages: readonly Message[]): Statement {
  return {
    name: 'sms.message update',
    text:
      `UPDATE "sms"."message" AS m SET "state" = u."state", "changed_at_ms" = u."changed_at_ms", "due_at_ms" = u."due_at_ms", "document" = u."document"::json ` +
      `FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[]) AS u("id", "state", "changed_at_ms", "due_at_ms", "document") ` +
      `WHERE m."id" = u."id" AND (NOT m."state" = ANY($6::text[]) OR m."state" = u."state" OR (m."state" = 'delivered' AND u."state" = 'read'))`,
    values: [
      messages.map(({ id }) => id),
      messages.map(({ state }) => state),
      messages.map(({ changedAtMs }) => changedAtMs),
      messages.map(dueOf),
      messages.map(documentOf),
      FINAL,
    ],
  };
}

/** A message as a row gives it. */
export function messageOf(row: Row): Message {
  const document = JSON.parse(row['document'] as string) as Omit<Message, 'id'>;
  const reference = row['reference'] as string | null;
  return {
    ...document,
    id: row['id'] as number,
    phone: row['phone'] as string,
    dialect: row['dialect'] as string,
    account: originalText(row['account'] as string),
    sender: originalText(row['sender'] as string),
    state: row['state'] as MessageState,
    reference: reference === null ? undefined : originalText(reference),
    acceptedAtMs: row['accepted_at_ms'] as number,
    changedAtMs: row['changed_at_ms'] as number,
  };
}

function dueOf({ way }: Message): number | null {
  return (way && dueAtMs(way)) ?? null;
}

function documentOf(message: Message): string {
  const { clientId, text, isReplaced, segments, cost, error, part, returnTo, way } = message;
  // A connection does not outlive its process.
  const door = typeof returnTo === 'object' && returnTo !== null ? { ...returnTo, session: undefined } : returnTo;
  return JSON.stringify({ clientId, text, isReplaced, segments, cost, error, part, returnTo: door, way });
}
