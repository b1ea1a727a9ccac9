import { z } from 'zod';

const names = z.array(z.string().max(300)).max(20_000).nullish();
const name = z.string().max(300).nullish();

/** Body of lna.create (spec 4.3 (b) 2). */
export const lnaInput = z.object({
  name: z.string().min(1).max(1000),
  typeId: name,
  effectiveDate: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be an ISO date'),
  version: z
    .union([z.string().max(50), z.number()])
    .transform(String)
    .default('1'),
  legalEntityId: z.string().min(1),
  fileId: z.string().min(1),
  departmentIds: names,
  positionIds: names,
  approvalRequired: z.boolean().nullish(),
  headManagerId: name,
  externalId: name,
});

export type LnaFields = z.output<typeof lnaInput>;
