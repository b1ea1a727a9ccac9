import { z } from 'zod';
import { checkedBody } from '../checked-body.js';
import { documentsSchema } from '../document-digests.js';

const id = z.string().min(1, 'не должно быть пустым').max(100, 'не длиннее 100 знаков');
const reason = z
  .string()
  .max(500, 'не длиннее 500 знаков')
  .nullish()
  .transform((given) => given ?? undefined);
const about = <S extends z.ZodType>(data: S) => z.object({ event: z.object({ data }) });

const envelopeSchema = z.object({
  event: z.object({
    id: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, 'ожидается UUID'),
    type: z.string().min(1).max(100),
    data: z.unknown(),
  }),
});
const acceptSchema = about(z.object({ requestEventId: id }));
const signSchema = about(z.object({ certificateId: id, documents: documentsSchema }));
const revokeSchema = about(z.object({ certificateId: id, reason }));
const cancelSchema = about(z.object({ requestEventId: id, reason }));

export type AstralEnvelope = z.output<typeof envelopeSchema>['event'];

/** Reads what all events have. Every reader here: @throws Refusal `bad_request` naming the field */
export const readEnvelope = (body: unknown): AstralEnvelope => checkedBody(envelopeSchema, body).event;

export const readAccept = (data: unknown) => checkedBody(acceptSchema, { event: { data } }).event.data;
export const readSign = (data: unknown) => checkedBody(signSchema, { event: { data } }).event.data;
export const readRevoke = (data: unknown) => checkedBody(revokeSchema, { event: { data } }).event.data;
export const readCancel = (data: unknown) => checkedBody(cancelSchema, { event: { data } }).event.data;
