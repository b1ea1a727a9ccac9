import { normalisePhone, normaliseSnils } from '@poligon/people';
import { z } from 'zod';

/** Fields of an application that every profile writes the same way, whatever it calls them. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'не должно быть пустым')
    .max(max, `не длиннее ${max} знаков`)
    // eslint-disable-next-line no-control-regex -- control characters have no place in a certificate
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'содержит недопустимые знаки');

/** Absent, null and the empty text all mean that nothing was given. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((given) => (given === null || given === '' ? undefined : given), schema.optional());

const normalised = (normalise: (given: string) => string | undefined, rule: string) =>
  z.string().transform((given, context) => {
    const found = normalise(given);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: rule });
    return z.NEVER;
  });

const digits = (given: string): string => given.replace(/[\s-]/g, '');

export const field = {
  text,
  optional,
  /** Date of birth, as `dd.mm.yyyy` or `yyyy-MM-dd`. */
  date: z.string().regex(/^(\d{2}\.\d{2}\.\d{4}|\d{4}-\d{2}-\d{2})$/, 'ожидается дата дд.мм.гггг'),
  snils: normalised(normaliseSnils, 'ожидается СНИЛС из 11 цифр'),
  inn: normalised((given) => (/^\d{12}$/.test(digits(given)) ? digits(given) : undefined), 'ожидается ИНН из 12 цифр'),
  phone: normalised(normalisePhone, 'ожидается номер телефона РФ'),
  identification: z.enum(['ONSITE', 'REMOTE'], { error: 'ожидается ONSITE или REMOTE' }).default('ONSITE'),
};
