import { jsonOf, OutgoingError, type OutgoingReply } from '@poligon/emulator-kit';
import { z } from 'zod';
import { FAILURE_TEXTS, PortalFailure, PortalRefusal } from './portal-failure.js';

const MAX_TEXT = 500;
/** The longest `Retry-After` 1C is patient with. */
const MAX_PAUSE_MS = 60_000;

const failureSchema = z.object({ errorCode: z.string().nullish(), errorMessage: z.string().nullish() });
const envelopeSchema = z.looseObject({ result: z.boolean().optional() });

/** Whether the call is worth a repeat: nothing came back, overload, or the server's own failure. */
export function isRepeatable(reply: OutgoingReply | OutgoingError): boolean {
  return reply instanceof OutgoingError || reply.status === 429 || reply.status >= 500;
}

/** Milliseconds the answer asks to wait; 0 when it does not. */
export function pauseAskedMs(reply: OutgoingReply | OutgoingError): number {
  if (reply instanceof OutgoingError) return 0;
  const seconds = Number(reply.headers['retry-after'] ?? 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds * 1000), MAX_PAUSE_MS) : 0;
}

/** HRLink's error fields; empty when the answer has none. */
export function errorOf(reply: OutgoingReply): { code: string | null; text: string } {
  // A success can be tens of megabytes: it is not parsed only to find no error in it.
  if (reply.status < 400) return { code: null, text: '' };
  return failureFields(parsed(reply));
}

/**
 * The JSON body of a success. Old clients look only at `result`, so a refusal may come with HTTP 200.
 * @throws PortalRefusal, or PortalFailure when a success is not JSON
 */
export function answerOf(reply: OutgoingReply): unknown {
  const isSuccess = reply.status >= 200 && reply.status < 300;
  const body = parsed(reply);
  if (body === undefined && isSuccess) throw new PortalFailure(FAILURE_TEXTS.notJson(reply.status));
  const envelope = envelopeSchema.safeParse(body);
  if (isSuccess && !(envelope.success && envelope.data.result === false)) return body;
  const { code, text } = failureFields(body);
  const isUnauthorised = reply.status === 401;
  const refused = FAILURE_TEXTS.refused(reply.status, code, text.slice(0, MAX_TEXT));
  throw new PortalRefusal(reply.status, code, isUnauthorised ? FAILURE_TEXTS.unauthorised : refused);
}

function failureFields(body: unknown): { code: string | null; text: string } {
  const fields = failureSchema.safeParse(body);
  return fields.success
    ? { code: fields.data.errorCode ?? null, text: fields.data.errorMessage ?? '' }
    : { code: null, text: '' };
}

function parsed(reply: OutgoingReply): unknown {
  try {
    return jsonOf('hrlink', reply);
  } catch {
    return undefined;
  }
}
