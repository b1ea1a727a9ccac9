import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComparedRun, RunComparison } from '../src/compare/comparison.js';
import { writeComparison } from '../src/paper/write-documents.js';
import { readWordFile } from './word-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comparison-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (id: string, lmaxPercent: number): ComparedRun => ({
  id,
  folder: `runs/${id}`,
  target: 'http://hrlink',
  plan: 'max-performance',
  profile: 'p',
  seed: 's',
  timeScale: 1,
  createdAt: Date.UTC(2026, 0, 15),
  word: 'success',
  exitCode: 0,
  lmaxPercent,
});

const comparison: RunComparison = {
  schemaVersion: 1,
  baseline: run('release-1', 120),
  candidate: run('release-2<script>', 140),
  caveats: [{ code: 'generator', baseline: '2 × A', candidate: '4 × B' }],
  maximum: { baselinePercent: 120, candidatePercent: 140, deltaPercent: 20, stepPercent: 10, word: 'better' },
  holds: [
    {
      levelPercent: 100,
      baselineStep: 1,
      candidateStep: 1,
      baselineWord: 'success',
      candidateWord: 'failure',
      operations: [
        {
          operation: 'sign-unep',
          baselineCount: 100,
          candidateCount: 100,
          baselineBlocks: 10,
          candidateBlocks: 10,
          metrics: [
            {
              metric: 'p95Ms',
              baseline: 1000,
              candidate: 1500,
              delta: 500,
              lower: 300,
              upper: 700,
              deltaPercent: 50,
              pValue: 0.0001,
              adjustedP: 0.0002,
              word: 'worse',
            },
            { metric: 'errorPercent', baseline: 0, candidate: 0, delta: 0, lower: 0, upper: 0, word: 'same' },
          ],
        },
      ],
    },
  ],
  method: { confidencePercent: 95, relevantPercent: 5, relevantPoints: 0.5, compared: 2, resamples: 2000 },
  word: 'mixed',
};

it('says in Word what changed, how sure that is and what limits the comparison', async () => {
  const { path } = await writeComparison(join(folder, 'c.docx'), comparison, 'ru');
  const word = readWordFile(path);
  expect(word.broken).toEqual([]);
  expect(word.headings(1)).toEqual([
    'Вывод',
    'Прогоны',
    'Максимальная производительность',
    'Различия по ступеням',
    'Как сравнивалось',
  ]);
  expect(word.text).toContain('Стало лучше в одном и хуже в другом');
  expect(word.text).toMatch(/Подписание документа УНЭП, 100 %: p95, мс 1\s000,0 → 1\s500,0 \(\+50,0 %\), хуже/);
  expect(word.text).toContain('генераторы нагрузки разные: 2 × A / 4 × B');
  const rows = word.tables.find(({ columns }) => columns[1] === 'Показатель')!.rows;
  expect(rows.map((cells) => cells.at(-1))).toEqual(['хуже', 'без изменений']);
  expect(rows[0]![6]).toBe('< 0.001');
});

it('says the same as a page, with names escaped', async () => {
  const { path } = await writeComparison(join(folder, 'c.html'), comparison, 'en');
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('Better in one, worse in another');
  expect(page).toContain('release-2&lt;script&gt;');
  expect(page).not.toContain('<script');
  expect(page).not.toMatch(/[а-яё]{3}/i);
});

it('refuses another format', async () => {
  await expect(writeComparison(join(folder, 'c.pdf'), comparison, 'ru')).rejects.toThrow('must end in .html or .docx');
});
