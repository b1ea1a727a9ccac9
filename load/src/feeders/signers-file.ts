import { basename } from 'node:path';
import { normalisePhone, POPULATION_SIZE, type Population } from '@poligon/people';
import { z } from 'zod';
import type { DataSettings } from '../profiles/load-profile.schema.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import type { Actor } from '../scenarios/world.js';
import type { FeederSettings } from './feeders.schema.js';
import { readTable } from './read-table.js';

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
  /** Where new employees are entered; needed for issue-unep only, unless a file of legal entities says it. */
  departmentId: z.string().optional(),
  positionId: z.string().optional(),
});

/** One employee of a real HRLink: entered, invited and issued a certificate before the run. */
export interface FileSigner extends z.infer<typeof row> {
  person: Actor;
}

/** The file of signers a profile names, shortly or with its encoding; undefined when they are synthetic. */
export function signersFileOf({ signersFile, feeders }: DataSettings): FeederSettings['signers'] {
  if (feeders.signers || signersFile === undefined) return feeders.signers;
  return { file: signersFile, encoding: 'auto', separator: 'auto', strategy: 'sequential' };
}

/**
 * Reads employees from a CSV file with the columns employeeId, clientUserId, legalEntityId, phone, login, password and,
 * for issue-unep, departmentId and positionId. Throws ConfigError with one line naming file, row, column and rule.
 */
export function readSigners(settings: DataSettings, population: Population): FileSigner[] {
  const table = signersFileOf(settings);
  if (!table) return [];
  const field = settings.feeders.signers ? 'data.feeders.signers.file' : 'data.signersFile';
  const rows = readTable(table, row, field);
  const known = new Map<string, number>();
  return rows.map(({ number, value }, index) => {
    const first = known.get(value.employeeId);
    if (first !== undefined) {
      throw new ConfigError(`${basename(table.file)}: row ${number}: employeeId: is in row ${first} already`);
    }
    known.set(value.employeeId, number);
    const { phone, login, password } = value;
    // Not of the synthetic population: a number beyond it says so, and no emulator takes the person for one of its own.
    const stranger = { ...population.person(index), index: POPULATION_SIZE + index, phone };
    return { ...value, person: { ...stranger, credentials: { login, password } } };
  });
}
