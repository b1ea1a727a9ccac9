import type { OneCJob } from './job.js';

/** Reads the state of every document. */
export const fetchDocuments: OneCJob = {
  name: 'fetch-documents',
  title: 'Получение сведений о документах HR-Link',
  about: 'reads the registry of documents in pages of 50',
  run: async ({ registries, connection }) => {
    const { received } = connection.session.run;
    for await (const { id } of registries.documents()) if (id !== '') received.documents += 1;
  },
};
