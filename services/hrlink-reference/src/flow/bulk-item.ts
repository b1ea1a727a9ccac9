import { z } from 'zod';
import { Refusal } from '../domain/refusal.js';
import { PoolOverload } from '../domain/capacity-pool.js';
import { profile } from '../config.js';

/** One element of a bulk task's `data`, not yet checked. */
export type RawItem = Readonly<Record<string, unknown>>;

const text = z.string().min(1).max(1000);
const maybe = z.string().max(1000).nullish();

export const legalEntityItem = z.object({
  id: maybe,
  name: text,
  shortName: maybe,
  ogrn: maybe,
  inn: maybe,
  kpp: maybe,
  externalId: maybe,
});

export const departmentItem = z.object({
  name: text,
  externalId: maybe,
  parentDepartmentId: maybe,
  parentDepartmentExternalId: maybe,
  legalEntityId: maybe,
  legalEntityExternalId: maybe,
  headManagerId: maybe,
  headManagerExternalId: maybe,
});

export const positionItem = z.object({ name: text, externalId: maybe });

export const personFields = z.object({
  externalId: maybe,
  lastName: text,
  firstName: text,
  patronymic: maybe,
  gender: z.enum(['MALE', 'FEMALE']).nullish(),
  birthdate: maybe,
  phone: maybe,
  email: maybe,
  personalDocuments: z
    .array(
      z.object({
        type: z.enum(['SNILS', 'INN', 'PASSPORT']),
        number: text,
        serialNumber: maybe,
        citizenship: maybe,
        issuedDate: maybe,
        issuingAuthority: maybe,
        issuingAuthorityCode: maybe,
        birthplace: maybe,
      }),
    )
    .max(20)
    .nullish(),
});

export const clientUserItem = personFields.extend({
  externalId: text,
  employees: z
    .array(
      z.object({
        externalId: text,
        legalEntityExternalId: text,
        departmentExternalId: text,
        positionExternalId: text,
        roleIds: z.array(z.string().max(100)).max(20).nullish(),
        availableVacationDayCount: z.number().nullish(),
        number: maybe,
      }),
    )
    .max(100)
    .nullish(),
});

export const vacationsItem = z.object({
  externalId: text,
  legalEntityExternalId: maybe,
  availableVacationsPlanning: z
    .array(
      z.object({
        planningYear: z.int().min(2000).max(2200),
        basicVacationDayCount: z.number(),
        additionalVacationDayCount: z.number(),
      }),
    )
    .max(10),
});

/** Parses an item. Refuses with 11.021 naming the offending field. */
export function readItem<S extends z.ZodType>(schema: S, item: RawItem): z.output<S> {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal('malformedJson', { path: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
}

/** The item's `errorMessage`: the text of the catalogue entry and what it is about. */
export function refusalText(error: unknown): string {
  if (error instanceof PoolOverload) return profile.errors.overload.message;
  if (!(error instanceof Refusal)) throw error;
  const about = error.data['path'] ?? error.data['object'] ?? error.data['code'] ?? error.data['reason'];
  const text = profile.errors[error.refusal].message;
  return typeof about === 'string' && about !== '' ? `${text}: ${about}` : text;
}
