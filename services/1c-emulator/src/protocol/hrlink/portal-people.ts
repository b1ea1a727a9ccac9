import type { Population } from '@poligon/people';
import { z } from 'zod';

const employeeRow = z.object({
  clientUserId: z.string().nullish(),
  externalId: z.string().nullish(),
  personalDocuments: z.array(z.object({ type: z.string(), number: z.string() })).nullish(),
  legalEntities: z.array(z.object({ externalId: z.string().nullish(), employeeId: z.string().nullish() })).nullish(),
});

/** One person of HRLink who is one of ours. */
export interface PortalPerson {
  /** Number in the population. */
  readonly index: number;
  readonly clientUserId: string | null;
  /** Employees with their Ref_Key and HRLink's id. */
  readonly employees: readonly { readonly refKey: string; readonly hrlinkId: string }[];
}

/** Recognises a row of `employees` by an employee's externalId, the person's own, or СНИЛС; undefined for strangers. */
export function recogniseRow(people: Population, row: unknown): PortalPerson | undefined {
  const parsed = employeeRow.safeParse(row);
  if (!parsed.success) return undefined;
  const { externalId, personalDocuments, legalEntities, clientUserId } = parsed.data;
  const posts = legalEntities ?? [];
  const guids = [...posts.map((post) => post.externalId), externalId];
  const snils = personalDocuments?.find(({ type }) => type === 'SNILS')?.number;
  const index = guids.map((guid) => people.indexByGuid(guid)).find((found) => found !== undefined);
  const recognised = index ?? people.indexBySnils(snils);
  if (recognised === undefined) return undefined;
  const employees = posts.flatMap(({ externalId: refKey, employeeId: hrlinkId }) =>
    refKey && hrlinkId ? [{ refKey, hrlinkId }] : [],
  );
  return { index: recognised, clientUserId: clientUserId ?? null, employees };
}
