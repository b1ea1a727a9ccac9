import type { RunFolder } from '../run-folder/run-folder.js';
import type { Language } from '../run-options.js';
import { junitXml } from './junit-xml.js';
import { renderReport } from './render-report.js';
import { readRun } from './run-model.js';

const FILES: Record<Language, string> = { ru: 'report.html', en: 'report.en.html' };

/** Renders both reports and the JUnit XML from the files of the run folder alone; gives their paths. */
export async function writeReports(folder: RunFolder): Promise<Record<Language, string>> {
  const model = await readRun(folder);
  for (const language of ['ru', 'en'] as const) folder.writeText(FILES[language], renderReport(model, language));
  folder.writeText('junit.xml', junitXml(model, 'ru'));
  return { ru: folder.file(FILES.ru), en: folder.file(FILES.en) };
}
