import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { UploadFile } from '../hrlink/multipart.js';
import type { LoadProfile } from '../profiles/load-profile.schema.js';
import type { OperationId } from '../profiles/operations.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { Feed } from './feed.js';
import type { FeederSettings, Strategy } from './feeders.schema.js';
import { readTable } from './read-table.js';

/** Somebody documents are sent to. */
export interface Recipient {
  employeeId: string;
  legalEntityId: string;
}

/** Where a new employee is entered. */
export interface Place {
  legalEntityId: string;
  departmentId: string;
  positionId: string;
}

/** Data of files for the operations; what has no file comes from the synthetic population. */
export interface Feeds {
  recipients?: Feed<Recipient>;
  documentTypes?: Feed<{ documentTypeId: string }>;
  files?: Feed<UploadFile>;
  legalEntities?: readonly Place[];
}

/** Operations that take rows of each feed. */
export const FEED_USERS: Readonly<Record<'recipients' | 'documentTypes' | 'files', readonly OperationId[]>> = {
  recipients: ['send-document', 'send-lna'],
  documentTypes: ['send-document', 'send-lna'],
  files: ['send-document', 'send-lna', 'application-unep'],
};

const MAX_FILES_BYTES = 256 * 2 ** 20;
const id = z.string().min(1, 'must not be empty');
const recipient = z.object({ employeeId: id, legalEntityId: id });
const place = z.object({ legalEntityId: id, departmentId: id, positionId: id });
const documentType = z.object({ documentTypeId: id });

/** Reads the files a profile names. Throws ConfigError with one line naming file, row and column. */
export function readFeeds({ data, operations }: LoadProfile, seed: string): Feeds {
  const { recipients, documentTypes, legalEntities, files } = data.feeders;
  const feed = <T>(name: keyof typeof FEED_USERS, strategy: Strategy, rows: readonly T[]) => {
    const users = FEED_USERS[name].filter((operation) => (operations[operation]?.perHour ?? 0) > 0);
    return { [name]: new Feed({ name, strategy, seed, users, rows }) };
  };
  return {
    ...(recipients && feed('recipients', recipients.strategy, valuesOf(recipients, recipient, 'recipients'))),
    ...(documentTypes &&
      feed('documentTypes', documentTypes.strategy, valuesOf(documentTypes, documentType, 'documentTypes'))),
    ...(files && feed('files', files.strategy, readFolder(files.folder))),
    ...(legalEntities && { legalEntities: valuesOf(legalEntities, place, 'legalEntities') }),
  };
}

function valuesOf<T extends z.ZodType>(
  table: NonNullable<FeederSettings['legalEntities']>,
  schema: T,
  name: string,
): z.infer<T>[] {
  return readTable(table, schema, `data.feeders.${name}.file`).map(({ value }) => value);
}

/** The PDF files of a folder in the order of their names. */
function readFolder(folder: string): UploadFile[] {
  const field = 'data.feeders.files.folder';
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ConfigError(`${field}: ${folder}: no such folder`);
  const names = readdirSync(folder).filter((name) => /\.pdf$/i.test(name));
  if (names.length === 0) throw new ConfigError(`${field}: ${folder}: has no .pdf files`);
  const sizes = names.map((name) => statSync(join(folder, name)).size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MAX_FILES_BYTES) {
    const limit = MAX_FILES_BYTES / 2 ** 20;
    throw new ConfigError(
      `${field}: ${folder}: ${Math.ceil(bytes / 2 ** 20)} MiB are kept in memory, at most ${limit} MiB may be`,
    );
  }
  return names.sort().map((name) => pdfAt(join(folder, name)));
}

function pdfAt(path: string): UploadFile {
  const bytes = readFileSync(path);
  const name = basename(path).replace(/\p{Cc}/gu, '_');
  // Converters accept some bytes before the header.
  if (!bytes.subarray(0, 1024).includes('%PDF-')) throw new ConfigError(`${path}: is not a PDF file`);
  return { name, contentType: 'application/pdf', bytes };
}

/** Demands of the plan that unique rows must meet. Throws ConfigError naming what is missing. */
export function checkFeeds(feeds: Feeds, needed: (operation: string) => number, lnaRecipients: number): void {
  const demands = Object.fromEntries(FEED_USERS.files.map((operation) => [operation, needed(operation)]));
  const of = {
    recipients: { ...demands, 'send-lna': (demands['send-lna'] ?? 0) * lnaRecipients },
    documentTypes: demands,
    files: demands,
  };
  for (const name of ['recipients', 'documentTypes', 'files'] as const) {
    const feed = feeds[name];
    if (feed?.data.strategy !== 'unique') continue;
    const wanted = feed.needed(of[name]);
    if (wanted > feed.size) {
      throw new ConfigError(`data.feeders.${name}: the plan needs ${wanted} unique rows, there are ${feed.size}`);
    }
  }
}
