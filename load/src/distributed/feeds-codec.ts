import { Feed } from '../feeders/feed.js';
import type { FeedData } from '../feeders/feed.js';
import type { Feeds, Place, Recipient } from '../feeders/read-feeds.js';
import { ConfigError } from '../profiles/read-yaml-file.js';

/** A broker passes this on in pieces; more belongs on the machines of the workers beforehand. */
const MAX_BYTES = 32 * 2 ** 20;

/** Data of files as it travels: bytes as base64. */
export interface PackedFeeds {
  recipients?: FeedData<Recipient>;
  documentTypes?: FeedData<{ documentTypeId: string }>;
  files?: FeedData<{ name: string; contentType: string; base64: string }>;
  legalEntities?: readonly Place[];
}

/** Packs the feeds for workers. Throws ConfigError when the files are too much to send. */
export function packFeeds({ recipients, documentTypes, files, legalEntities }: Feeds): PackedFeeds {
  const total = (files?.data.rows ?? []).reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > MAX_BYTES) {
    const [given, limit] = [Math.ceil(total / 2 ** 20), MAX_BYTES / 2 ** 20];
    throw new ConfigError(`data.feeders.files: ${given} MiB go to every worker, at most ${limit} MiB may`);
  }
  return {
    ...(recipients && { recipients: recipients.data }),
    ...(documentTypes && { documentTypes: documentTypes.data }),
    ...(files && {
      files: {
        ...files.data,
        rows: files.data.rows.map(({ bytes, ...rest }) => ({ ...rest, base64: bytes.toString('base64') })),
      },
    }),
    ...(legalEntities && { legalEntities }),
  };
}

/** The feeds again, on a worker. */
export function unpackFeeds({ recipients, documentTypes, files, legalEntities }: PackedFeeds): Feeds {
  return {
    ...(recipients && { recipients: new Feed(recipients) }),
    ...(documentTypes && { documentTypes: new Feed(documentTypes) }),
    ...(files && {
      files: new Feed({
        ...files,
        rows: files.rows.map(({ base64, ...rest }) => ({ ...rest, bytes: Buffer.from(base64, 'base64') })),
      }),
    }),
    ...(legalEntities && { legalEntities }),
  };
}
