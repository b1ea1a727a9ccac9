import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Analysis } from '../analysis/analysis.js';
import type { RunComparison } from '../compare/comparison.js';
import type { LoadProfile } from '../profiles/load-profile.schema.js';
import type { Plan } from '../profiles/plan.schema.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { readRun } from '../report/run-model.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { Language } from '../run-options.js';
import type { Paper } from './block.js';
import { comparisonDocument } from './comparison/comparison-document.js';
import { writeDocx } from './docx/docx-writer.js';
import { writeHtml } from './html-writer.js';
import { KeptTexts } from './kept-texts.js';
import { methodologyDocument } from './methodology/methodology-document.js';
import { methodologyTexts } from './methodology/methodology-texts.js';
import type { ReportedRun } from './report/paper-view.js';
import { reportDocument } from './report/report-document.js';
import { writeKeeping } from './written-file.js';
import type { Written } from './written-file.js';

/** What a methodology is made of, besides its texts. */
export interface MethodologyRequest {
  profile: LoadProfile;
  plans: readonly Plan[];
  /** Folder of the kept texts. */
  texts: string;
  language: Language;
}

/** Writes the methodology as DOCX. Throws ConfigError when the texts or the file cannot be used. */
export async function writeMethodology(file: string, request: MethodologyRequest): Promise<Written> {
  const { profile, plans, language } = request;
  const kept = KeptTexts.open(request.texts, 'methodology', language);
  return save(file, methodologyDocument({ language, profile, plans, kept }, await methodologyTexts(language)));
}

/** What a report is made of: run folders in the order they are reported, and the folder of kept texts when there is one. */
export interface ReportRequest {
  folders: readonly RunFolder[];
  texts?: string;
  language: Language;
}

/** Writes the report of one run or several as DOCX. Throws ConfigError when the texts or the file cannot be used. */
export async function writeReportDocx(file: string, { folders, texts, language }: ReportRequest): Promise<Written> {
  const runs = await Promise.all(
    folders.map(async (folder) => ({ model: await readRun(folder), analysis: analysisOf(folder) })),
  );
  return writeReport(file, runs, { texts, language });
}

/** The same from runs that have been read. */
export function writeReport(
  file: string,
  runs: readonly ReportedRun[],
  { texts, language }: Omit<ReportRequest, 'folders'>,
): Promise<Written> {
  const kept =
    texts === undefined ? KeptTexts.templates('report', language) : KeptTexts.open(texts, 'report', language);
  return save(file, reportDocument({ language, runs, kept }));
}

/** The analysis of a run, when one was made. */
export function analysisOf(folder: RunFolder): Analysis | undefined {
  return folder.has('analysis.json') ? folder.read('analysis.json') : undefined;
}

/** Writes any paper; a file that somebody edited is kept under another name. */
export async function save(file: string, paper: Paper): Promise<Written> {
  return keep(file, await writeDocx(paper));
}

function keep(file: string, content: Buffer): Written {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return writeKeeping(file, content);
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Writes the comparison of two runs, as DOCX or HTML by the ending of the file's name. Throws ConfigError. */
export async function writeComparison(file: string, comparison: RunComparison, language: Language): Promise<Written> {
  const paper = comparisonDocument(comparison, language);
  if (/\.docx$/i.test(file)) return save(file, paper);
  if (!/\.html?$/i.test(file)) throw new ConfigError(`${file}: must end in .html or .docx`);
  return keep(file, Buffer.from(writeHtml(paper)));
}
