import { z } from 'zod';
import { isMobilePhone, type Applicant } from '../../domain/applicant.js';
import type { IssueRequest, IssueState } from '../../domain/issue-request.js';
import { Refusal } from '../../domain/refusal.js';
import type { UnepCertificate } from '../../domain/unep-certificate.js';
import { field } from '../applicant-fields.js';
import { checkedBody } from '../checked-body.js';

const { text, optional } = field;

const bodySchema = z.object({
  lastName: text(60),
  firstName: text(60),
  patronymic: optional(text(60)),
  gender: optional(z.enum(['MALE', 'FEMALE'], { error: 'ожидается MALE или FEMALE' })),
  birthDate: optional(field.date),
  birthPlace: optional(text(500)),
  snils: field.snils,
  inn: field.inn,
  passport: optional(
    z.object({
      series: optional(text(10)),
      number: optional(text(20)),
      issuedBy: optional(text(500)),
      issuedDate: optional(field.date),
      departmentCode: optional(text(10)),
    }),
  ),
  phone: optional(field.phone),
  email: optional(text(255)),
  identificationType: field.identification,
  organization: optional(z.object({ name: text(500), inn: optional(text(12)), ogrn: optional(text(15)) })),
});

/** Reads an application. @throws Refusal `phone_required`, `phone_not_mobile`, `bad_request` naming the field */
export function readIssueRequest(body: unknown): Applicant {
  const { identificationType, organization, phone, ...rest } = checkedBody(bodySchema, body);
  if (phone === undefined) throw new Refusal('phone_required', 'Не указан телефон');
  if (!isMobilePhone(phone)) throw new Refusal('phone_not_mobile', 'Телефон должен быть мобильным');
  return { ...rest, phone, identification: identificationType, organisation: organization };
}

/** Section 2.2 knows fewer states than the work has. */
const STATE_ON_WIRE: Readonly<Record<IssueState, string>> = {
  CREATED: 'CREATED',
  CODE_SENT: 'CODE_SENT',
  ACCEPTED: 'IN_PROGRESS',
  CHECKING: 'IN_PROGRESS',
  AWAITING_GOSUSLUGI: 'AWAITING_GOSUSLUGI',
  ISSUING: 'IN_PROGRESS',
  ISSUED: 'ISSUED',
  ACTIVE: 'ISSUED',
  REJECTED: 'REJECTED',
  EXPIRED: 'REJECTED',
  CANCELLED: 'CANCELLED',
};

export const stateOnWire = ({ id, state }: IssueRequest) => ({ id, state: STATE_ON_WIRE[state] });

/** The whole answer about a request. */
export const requestOnWire = (request: IssueRequest, certificate: UnepCertificate | undefined) => ({
  ...stateOnWire(request),
  certificateId: certificate?.id,
  certificate: certificate?.der.toString('base64'),
  error: request.reason,
});
