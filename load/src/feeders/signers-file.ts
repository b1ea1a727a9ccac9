import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { normalisePhone, POPULATION_SIZE, type Population } from '@poligon/people';
import { z } from 'zod';
import { ConfigError, describeIssue } from '../profiles/read-yaml-file.js';
import type { Actor } from '../scenarios/world.js';
import { csvRows } from './csv-rows.js';

const id = z.string().min(1, 'must not be empty');

const row = z.object({
  employeeId: id,
  clientUserId: id,
  legalEntityId: id,
  /** Where HRLink sends the codes: the SMS emulator must get them. */
  phone: z.string().transform((text, context) => {
    const digits = text.replace(/\D/g, '');
    if (digits.length === 10 || digits.length === 11)
      return normalisePhone(`+7${digits.slice(-10)}`) ?? `7${digits.slice(-10)}`;
    context.addIssue({ code: 'custom', message: 'must be a phone of ten digits' });
    return z.NEVER;
  }),
  login: id,
  password: id,
  /** Where new employees are entered; needed for issue-unep only. */
  departmentId: z.string().optional(),
  positionId: z.string().optional(),
});

/** One employee of a real HRLink: entered, invited and issued a certificate before the run. */
export interface FileSigner extends z.infer<typeof row> {
  person: Actor;
}

/**
 * Reads employees from a CSV file with the columns employeeId, clientUserId, legalEntityId, phone, login, password and,
 * for issue-unep, departmentId and positionId. Throws ConfigError with one line naming file, row and rule.
 */
export function readSigners(file: string, population: Population): FileSigner[] {
  const source = basename(file);
  if (!existsSync(file)) throw new ConfigError(`data.signersFile: ${file}: no such file`);
  const signers = parse(readFileSync(file, 'utf8'), source).map((values, index): FileSigner => {
    const parsed = row.safeParse(values);
    if (!parsed.success) {
      throw new ConfigError(
        `${source}: row ${index + 2}: ${describeIssue(parsed.error.issues[0] as z.core.$ZodIssue)}`,
      );
    }
    const { phone, login, password } = parsed.data;
    // Not of the synthetic population: a number beyond it says so, and no emulator takes the person for one of its own.
    const stranger = { ...population.person(index), index: POPULATION_SIZE + index, phone };
    return { ...parsed.data, person: { ...stranger, credentials: { login, password } } };
  });
  const [first] = signers;
  if (!first) throw new ConfigError(`${source}: has no rows`);
  const other = signers.findIndex(({ legalEntityId }) => legalEntityId !== first.legalEntityId);
  if (other > 0) throw new ConfigError(`${source}: row ${other + 2}: legalEntityId: must be the same in all rows`);
  return signers;
}

function parse(text: string, source: string): Record<string, string>[] {
  try {
    return csvRows(text);
  } catch (error) {
    throw new ConfigError(`${source}: ${(error as Error).message}`, { cause: error });
  }
}
