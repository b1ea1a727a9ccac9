import { z } from 'zod';
import type { PersonEdit } from '../domain/person-edit.js';

const text = z.string().min(1).max(300).optional();
const isoDate = z.iso.date().optional();

/** What an engineer changes in an account. */
export const editSchema = z.strictObject({
  lastName: text,
  firstName: text,
  patronymic: z.string().max(300).optional(),
  gender: z.enum(['MALE', 'FEMALE']).optional(),
  birthDate: isoDate,
  birthPlace: text,
  snils: z
    .string()
    .regex(/^\d{11}$/, 'must be eleven digits')
    .optional(),
  inn: z
    .string()
    .regex(/^\d{12}$/, 'must be twelve digits')
    .optional(),
  phone: z
    .string()
    .regex(/^7\d{10}$/, 'must be eleven digits beginning with 7')
    .optional(),
  email: z.email().max(300).optional(),
  passport: z
    .strictObject({ series: text, number: text, issuedDate: isoDate, issuedBy: text, departmentCode: text })
    .optional(),
  isTrusted: z.boolean().optional(),
  status: z.enum(['REGISTERED', 'DELETED']).optional(),
  isVerifying: z.boolean().optional(),
  isMobileVerified: z.boolean().optional(),
  isEmailVerified: z.boolean().optional(),
});

/** The edit an input describes, made at `editedAtMs`. */
export function editOf({ passport, ...fields }: z.output<typeof editSchema>, editedAtMs: number): PersonEdit {
  const given = passport && Object.entries(passport).filter(([, value]) => value !== undefined);
  return { ...fields, ...(given && { passport: Object.fromEntries(given) }), editedAtMs };
}
