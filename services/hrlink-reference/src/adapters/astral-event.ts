import { z } from 'zod';

const text = z.string().max(200_000);

const body = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  data: z.object({
    requestEventId: z.string().max(200).nullish(),
    status: z.string().max(200).nullish(),
    certificateId: z.string().max(200).nullish(),
    certificate: text.nullish(),
    reason: z.object({ code: z.string().max(200).nullish(), text: z.string().max(2000).nullish() }).nullish(),
    signatures: z
      .array(z.object({ id: z.string().max(200), signature: text }))
      .max(100)
      .nullish(),
  }),
});

/** One inbound event of the Астрал contract (ca.md 2.1), with or without the `event` wrapper. */
export const astralEvent = z.union([z.object({ event: body }).transform(({ event }) => event), body]);
export type AstralEvent = z.output<typeof body>;

export const astralEventPage = z.object({ events: z.array(astralEvent).max(1000) });

/** What became of a registration. */
export type RegistrationOutcome =
  | { readonly kind: 'issued'; readonly certificateId: string; readonly certificate: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly text: string };

/** The registration outcome an event carries, or undefined for an event about something else. */
export function registrationOutcome(event: AstralEvent): RegistrationOutcome | undefined {
  const { certificateId, certificate, reason } = event.data;
  if (event.type === 'USIG_REG_REJECTED') {
    return { kind: 'rejected', code: reason?.code ?? 'DATA_ERROR', text: reason?.text ?? '' };
  }
  if (event.type !== 'USIG_CERT_ISSUED' || !certificateId || !certificate) return undefined;
  return { kind: 'issued', certificateId, certificate };
}

/** The signature of one document an event carries, the reason for its refusal, or undefined when it says neither. */
export function signatureOutcome({ data }: AstralEvent, documentId: string): Buffer | { reason: string } | undefined {
  const signed = data.signatures?.find(({ id }) => id === documentId);
  if (signed !== undefined) return Buffer.from(signed.signature, 'base64');
  const reason = data.reason?.text || data.reason?.code;
  return reason ? { reason } : undefined;
}
