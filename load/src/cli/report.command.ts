import { writeReports } from '../report/write-reports.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { RunFolder } from '../run-folder/run-folder.js';
import type { Language } from '../run-options.js';
import type { Terminal } from './program.js';

/** `load report`: renders both reports anew from the folder's files and prints the path of the wanted one. */
export async function reportCommand(path: string, language: Language, terminal: Terminal): Promise<void> {
  const folder = new RunFolder(path.replace(/\/$/, ''));
  for (const name of ['run.json', 'plan.json', 'verdict.json']) {
    if (!folder.has(name)) throw new ConfigError(`${path}: not a finished run folder, ${name} is missing`);
  }
  const reports = await writeReports(folder);
  terminal.out.write(`${reports[language]}\n`);
}
