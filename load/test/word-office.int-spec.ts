import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProfileSchema } from '../src/profiles/load-profile.schema.js';
import { planSchema } from '../src/profiles/plan.schema.js';
import { readYamlFile } from '../src/profiles/read-yaml-file.js';
import { writeMethodology, writeReport } from '../src/paper/write-documents.js';
import { reportModel } from './report-model.fixture.js';

const has = (program: string, argument: string) => spawnSync(program, [argument]).error === undefined;
const reason = ['soffice', 'pdftotext']
  .filter((program) => !has(program, '--version'))
  .map((program) => `no ${program}`)[0];
const suite = reason === undefined ? describe : describe.skip;
const TIMEOUT_MS = 180_000;

suite(`Word documents in LibreOffice${reason === undefined ? '' : ` [skipped: ${reason}]`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'office-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Text of the PDF that the office makes of a document, page by page. */
  function pages(path: string): string[] {
    const home = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const made = spawnSync('soffice', [home, '--headless', '--convert-to', 'pdf', '--outdir', folder, path], {
      encoding: 'utf8',
    });
    expect([made.status, made.stderr.match(/error|repair/gi)]).toEqual([0, null]);
    const pdf = path.replace(/\.docx$/, '.pdf');
    expect(spawnSync('pdftotext', ['-layout', pdf]).status).toBe(0);
    return readFileSync(pdf.replace(/\.pdf$/, '.txt'), 'utf8')
      .split('\f')
      .filter((page) => page.trim() !== '');
  }

  /** Title → page, as the contents say. */
  const contents = (page: string) =>
    new Map(
      [...page.matchAll(/^\s*[\d.]+\s+(\S.*?)\s*\.{3,}\s*(\d+)\s*$/gm)].map(([, title, number]) => [
        title!,
        Number(number),
      ]),
    );

  it(
    'opens the report; the contents name the pages that the headings are on',
    () => {
      const path = join(folder, 'report.docx');
      return writeReport(path, [{ model: reportModel(), analysis: undefined }], { language: 'ru' }).then(() => {
        const found = pages(path);
        const named = contents(found[1]!);
        expect(named.size).toBeGreaterThan(12);
        for (const [title, number] of named) expect([title, found[number - 1]!.includes(title)]).toEqual([title, true]);
      });
    },
    TIMEOUT_MS,
  );

  it(
    'opens the methodology; tables and figures are numbered through',
    async () => {
      const path = join(folder, 'methodology.docx');
      const plans = ['max-performance', 'reliability'].map((name) => readYamlFile(name, 'plan', planSchema).value);
      const profile = readYamlFile('demo', 'profile', loadProfileSchema).value;
      await writeMethodology(path, { plans, profile, texts: join(folder, 'texts'), language: 'ru' });
      const text = pages(path).join('\n');
      const numbers = [...text.matchAll(/Таблица (\d+) –/g)].map(([, number]) => Number(number));
      expect(numbers.length).toBeGreaterThan(8);
      expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    },
    TIMEOUT_MS,
  );
});
