import { z } from 'zod';

const name = z.string().max(300).nullish();
const names = z.array(z.string().max(300)).max(20_000).nullish();

/** One document of a group as clients send it (spec 2.6); unknown fields, nulls and an echoed route are tolerated. */
export const documentInput = z.object({
  externalId: name,
  fileId: name,
  fileExternalId: name,
  typeId: name,
  number: z.string().max(200).nullish(),
  date: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be an ISO date'),
  legalEntityId: name,
  legalEntityExternalId: name,
  signingOrder: name,
  headManagerId: name,
  headManagerExternalId: name,
  employeeIds: names,
  employeeExternalIds: names,
  participants: z
    .array(z.object({ id: z.string(), employeeId: name, employeeExternalId: name }))
    .max(100)
    .nullish(),
  routeTemplateId: name,
  routeTemplateExternalId: name,
});

export const documentGroupInput = z.object({
  name: z.string().min(1).max(1000),
  documents: z.array(documentInput).min(1).max(1000),
});

export type DocumentFields = z.output<typeof documentInput>;
export type DocumentGroupFields = z.output<typeof documentGroupInput>;
