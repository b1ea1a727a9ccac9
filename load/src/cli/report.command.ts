import { writeReports } from '../report/write-reports.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { RunFolder } from '../run-folder/run-folder.js';
import type { Language } from '../run-options.js';
import type { Terminal } from './program.js';

/** `load report`: renders both reports anew from the folder's files and prints the path of the wanted one. */
export async function reportCommand(path: string, language: Language, terminal: Terminal): Promise<void> {
  const reports = await writeReports(finishedRun(path));
  terminal.out.write(`${reports[language]}\n`);
}

/** The folder of a run that has its verdict. Throws ConfigError naming what is missing. */
export function finishedRun(path: string): RunFolder {
  const folder = new RunFolder(path.replace(/\/$/, ''));
  for (const name of ['run.json', 'plan.json', 'verdict.json'] as const) {
    if (!folder.has(name)) throw new ConfigError(`${path}: not a finished run folder, ${name} is missing`);
  }
  return folder;
}
