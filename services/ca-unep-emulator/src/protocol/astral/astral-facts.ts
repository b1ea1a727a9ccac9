import { valueAt } from '@poligon/emulator-kit';
import { defaultPopulation, subjectKey } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import { personOfSubjectId } from '../../domain/subject-id.js';
import { OWNER, OWNERS } from './astral-names.js';

/** Operation of each event type; `astral.event` stands for a type this authority does not know. */
export const OPERATIONS = {
  USIG_REG_REQUEST: 'astral.usig-reg-request',
  USIG_CERT_ACCEPT: 'astral.usig-cert-accept',
  USIG_SIGN_REQUEST: 'astral.usig-sign-request',
  USIG_REVOKE_REQUEST: 'astral.usig-revoke-request',
  USIG_CANCEL: 'astral.usig-cancel',
} as const;

export type AstralEventType = keyof typeof OPERATIONS;

export const isEventType = (type: unknown): type is AstralEventType =>
  typeof type === 'string' && Object.hasOwn(OPERATIONS, type);

/** The operation an event asks for. */
export function astralOperation({ body }: FastifyRequest): string | undefined {
  const type = valueAt(body, 'event.type');
  return isEventType(type) ? OPERATIONS[type] : undefined;
}

/** The person an event is about: by СНИЛС, ИНН or phone of the owner, else by the certificate. */
export function astralSubject({ body }: FastifyRequest): string | undefined {
  const owner = valueAt(body, `event.data.${OWNERS}.0`);
  const person =
    defaultPopulation.indexBySnils(valueAt(owner, OWNER.snils)) ??
    defaultPopulation.indexByInn(valueAt(owner, OWNER.inn)) ??
    defaultPopulation.indexByPhone(valueAt(owner, OWNER.phone)) ??
    personOfSubjectId(valueAt(body, 'event.data.certificateId'));
  return person === undefined ? undefined : subjectKey(person);
}
