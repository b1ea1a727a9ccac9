import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { loadProfileSchema } from '../profiles/load-profile.schema.js';
import { planSchema } from '../profiles/plan.schema.js';
import { ConfigError, readYamlFile } from '../profiles/read-yaml-file.js';
import type { Language } from '../run-options.js';
import type { Written } from '../paper/written-file.js';
import type { Terminal } from './program.js';
import { finishedRun } from './report.command.js';

/** Options of `load methodology`. */
export interface MethodologyOptions {
  plan: string[];
  profile?: string;
  texts?: string;
  out?: string;
  lang: Language;
}

/** Options of `load document`. */
export interface DocumentOptions {
  texts?: string;
  out: string;
  lang: Language;
}

const FILES: Record<Language, string> = { ru: 'methodology.docx', en: 'methodology.en.docx' };

/** Adds `load methodology` and `load document`. */
export function addDocumentCommands(program: Command, terminal: Terminal): void {
  const language = () =>
    new Option('--lang <language>', 'language of the document').choices(['ru', 'en']).default('ru');
  program
    .command('methodology')
    .description('write the load-test methodology (DOCX) from profile, plans and your own texts')
    .option('--plan <name|file...>', 'plans the methodology describes', ['max-performance', 'reliability'])
    .option('--profile <name|file>', 'load profile; the first plan names one by default')
    .option('--texts <folder>', 'your texts: stand.yaml and Markdown per section, made when missing, never overwritten')
    .option('--out <file>', 'where the document goes; by default into the folder of the texts')
    .addOption(language())
    .action((options: MethodologyOptions) => methodologyCommand(options, terminal));
  program
    .command('document')
    .description('write one report (DOCX) of several runs, with your own texts')
    .argument('<folder...>', 'runs/<id>, in the order they are reported')
    .option('--texts <folder>', 'your texts: stand.yaml and Markdown per section, made when missing, never overwritten')
    .option('--out <file>', 'where the document goes', 'report.docx')
    .addOption(language())
    .action((folders: string[], options: DocumentOptions) => documentCommand(folders, options, terminal));
}

/** Writes the document and prints its path; a file edited by hand is kept under another name. Throws ConfigError. */
export async function methodologyCommand(options: MethodologyOptions, terminal: Terminal): Promise<void> {
  const plans = options.plan.map((name) => readYamlFile(name, 'plan', planSchema).value);
  const first = plans[0];
  if (!first) throw new ConfigError('--plan: name at least one');
  const name = options.profile ?? first.profile;
  const profile = readYamlFile(name, 'profile', loadProfileSchema).value;
  const texts = options.texts ?? textsFolder(name);
  // Loaded only here: the document library is no part of a load generator's memory.
  const { writeMethodology } = await import('../paper/write-documents.js');
  const file = options.out ?? join(texts, FILES[options.lang]);
  tell(await writeMethodology(file, { profile, plans, texts, language: options.lang }), terminal);
}

/** Writes one report of all the runs and prints its path. Throws ConfigError when a folder is not that of a finished run. */
export async function documentCommand(
  paths: readonly string[],
  options: DocumentOptions,
  terminal: Terminal,
): Promise<void> {
  const folders = paths.map(finishedRun);
  const { writeReportDocx } = await import('../paper/write-documents.js');
  const { texts, out, lang: language } = options;
  const written = await writeReportDocx(out, { folders, ...(texts === undefined ? {} : { texts }), language });
  tell(written, terminal);
}

function tell({ path, keptAs }: Written, terminal: Terminal): void {
  if (keptAs !== undefined) terminal.err.write(`kept your edited copy as ${keptAs}\n`);
  terminal.out.write(`${path}\n`);
}

/** Beside the profile file, or a folder named after a built-in profile. */
export function textsFolder(profile: string): string {
  const isFile = !/^[\w-]+$/.test(profile);
  const stem = profile.replace(/(\.profile)?\.ya?ml$/, '');
  return isFile ? join(dirname(profile), `${stem.split('/').at(-1)}.texts`) : `${profile}.texts`;
}
