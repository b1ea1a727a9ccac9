import type { JobWork, OneCJob } from './job.js';

/** Takes finished applications: one application becomes one order (1c.md 2.7). Asks only from the newest one it has. */
export const fetchFinishedApplications: OneCJob = {
  name: 'fetch-finished-applications',
  title: 'Загрузка завершённых заявлений',
  about: 'reads the registry of finished applications since the newest known and downloads their printed forms',
  run: async (work) => {
    const { connection, received, printFormsPerRun } = work;
    const { run } = connection.session;
    for (const { id, finishedAt } of await newlyFinished(work)) {
      if (run.received.printForms >= printFormsPerRun) return;
      await connection.download('application.printForm', { id });
      run.received.printForms += 1;
      await received.add('application', id, finishedAt);
    }
  },
};

interface FinishedApplication {
  readonly id: string;
  readonly finishedAt: string;
}

/** Oldest first, whatever the registry's order: a run that ends early must leave nothing older behind. */
async function newlyFinished({ registries, connection, received }: JobWork): Promise<readonly FinishedApplication[]> {
  const found: FinishedApplication[] = [];
  for await (const row of registries.finishedApplications(await received.newest('application'))) {
    connection.session.run.received.applications += 1;
    const { id, docflowFinishedDate: finishedAt } = row;
    if (!finishedAt || (await received.has('application', id))) continue;
    found.push({ id, finishedAt });
  }
  return found.sort((left, right) => Date.parse(left.finishedAt) - Date.parse(right.finishedAt));
}
