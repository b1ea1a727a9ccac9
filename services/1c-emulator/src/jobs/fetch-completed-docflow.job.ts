import { finishedAt } from '../protocol/hrlink/registries.js';
import type { OneCJob } from './job.js';

/** Takes the printed form of every document whose docflow is over, once. */
export const fetchCompletedDocflow: OneCJob = {
  name: 'fetch-completed-docflow',
  title: 'Завершённый документооборот',
  about: 'reads the registry of documents and downloads printed forms of newly finished ones',
  run: async ({ registries, connection, received, printFormsPerRun }) => {
    const { run } = connection.session;
    for await (const document of registries.documents()) {
      run.received.documents += 1;
      const finished = finishedAt(document);
      const isFull = run.received.printForms >= printFormsPerRun;
      if (finished === undefined || isFull || (await received.has('document', document.id))) continue;
      await connection.download('document.printForm', { id: document.id });
      run.received.printForms += 1;
      await received.add('document', document.id, finished);
    }
  },
};
