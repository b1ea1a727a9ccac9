import { z } from 'zod';

const name = z.string().max(300).nullish();
const isoDate = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be an ISO date');

/** Body of applicationGroups.create (spec 2.7). */
export const applicationGroupInput = z.object({
  applicationTypeId: z.string().min(1),
  employeeId: name,
  legalEntityId: z.string().min(1),
  date: isoDate,
  number: name,
  externalId: name,
  fileId: name,
  templateFields: z
    .array(z.object({ substitutionKey: z.string().max(200), value: z.string().max(2000) }))
    .max(100)
    .nullish(),
  participants: z
    .array(z.object({ id: z.string(), employeeId: z.string() }))
    .max(100)
    .nullish(),
  attachments: z
    .array(z.object({ fileId: z.string() }))
    .max(100)
    .nullish(),
});

export type ApplicationFields = z.output<typeof applicationGroupInput>;
