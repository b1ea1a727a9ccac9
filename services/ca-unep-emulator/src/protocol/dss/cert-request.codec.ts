import { ProtocolError } from '@poligon/emulator-kit';
import { normalisePhone } from '@poligon/people';
import { z } from 'zod';
import { splitFullName, type Applicant } from '../../domain/applicant.js';
import { pinSchema } from './signature-order.codec.js';

/** Longest values of the name policy (section 2.4), by OID; CN is required, all others optional. */
const LIMITS: Readonly<Record<string, number>> = {
  '1.2.643.100.1': 13,
  '1.2.643.100.5': 15,
  '1.2.643.100.3': 11,
  '1.2.643.3.131.1.1': 12,
  '2.5.4.6': 2,
  '1.2.840.113549.1.9.1': 128,
  '2.5.4.8': 128,
  '2.5.4.7': 128,
  '2.5.4.3': 128,
  '2.5.4.10': 64,
  '2.5.4.11': 64,
  '2.5.4.9': 30,
  '2.5.4.12': 64,
  '2.5.4.43': 5,
  '2.5.4.42': 16,
  '2.5.4.4': 40,
};

const bodySchema = z.object({
  DistinguishedName: z.record(z.string().max(40), z.string().max(1000)),
  Phone: z.string().max(30).nullish(),
  PinCode: pinSchema,
});

/** Who asks, and the PIN code that is to protect the key; empty for none. */
export interface CertRequest {
  readonly applicant: Applicant;
  readonly pin: string;
}

const digits = (text: string | undefined): string => (text ?? '').replace(/\D/g, '');

/** `POST /requests`. @throws ProtocolError `parameters_required` without CN, `invalid_content` beyond the name policy */
export function readCertRequest(body: unknown): CertRequest {
  const result = bodySchema.safeParse(body);
  if (!result.success) throw new ProtocolError('parameters_required');
  const { DistinguishedName: name, Phone, PinCode } = result.data;
  const isTooLong = Object.entries(name).some(([oid, value]) => value.length > (LIMITS[oid] ?? 128));
  if (isTooLong) throw new ProtocolError('invalid_content');
  return { applicant: applicantOf(name, normalisePhone(Phone ?? '')), pin: PinCode ?? '' };
}

/** @throws ProtocolError `parameters_required` without CN */
function applicantOf(name: Readonly<Record<string, string>>, phone: string | undefined): Applicant {
  const person = splitFullName(name['2.5.4.3'] ?? '');
  if (person === undefined) throw new ProtocolError('parameters_required');
  const organisation = name['2.5.4.10'];
  return {
    ...person,
    snils: digits(name['1.2.643.100.3']),
    inn: digits(name['1.2.643.3.131.1.1']),
    identification: 'ONSITE',
    ...(phone === undefined ? {} : { phone }),
    ...(name['1.2.840.113549.1.9.1'] ? { email: name['1.2.840.113549.1.9.1'] } : {}),
    ...(organisation ? { organisation: { name: organisation, ogrn: name['1.2.643.100.1'] ?? '' } } : {}),
  };
}
