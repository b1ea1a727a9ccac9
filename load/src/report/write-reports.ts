import type { RunFolder } from '../run-folder/run-folder.js';
import type { Language } from '../run-options.js';
import { junitXml } from './junit-xml.js';
import { renderReport } from './render-report.js';
import { reportJson } from './report-json.js';
import { readRun } from './run-model.js';

const FILES: Record<Language, string> = { ru: 'report.html', en: 'report.en.html' };

const DOCUMENTS: Record<Language, string> = { ru: 'report.docx', en: 'report.en.docx' };
/** Texts people wrote for this run; used when the folder is there. */
const TEXTS = 'texts';

/** Renders the reports (HTML, DOCX, JSON, JUnit XML) from the files of the run folder alone; gives the paths of the pages. */
export async function writeReports(folder: RunFolder): Promise<Record<Language, string>> {
  const model = await readRun(folder);
  if (model.analysis) folder.write('analysis.json', model.analysis);
  for (const language of ['ru', 'en'] as const) folder.writeText(FILES[language], renderReport(model, language));
  folder.writeText('junit.xml', junitXml(model, 'ru'));
  // Loaded only here: the document library is no part of a load generator's memory.
  const { analysisOf, writeReport } = await import('../paper/write-documents.js');
  const analysis = analysisOf(folder);
  folder.writeText('report.json', reportJson(model, analysis));
  const texts = folder.has(TEXTS) ? folder.file(TEXTS) : undefined;
  for (const language of ['ru', 'en'] as const) {
    await writeReport(folder.file(DOCUMENTS[language]), [{ model, analysis }], { texts, language });
  }
  return { ru: folder.file(FILES.ru), en: folder.file(FILES.en) };
}
