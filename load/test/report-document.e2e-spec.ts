import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReport } from '../src/paper/write-documents.js';
import type { RunModel } from '../src/report/run-model.js';
import { reportModel } from './report-model.fixture.js';
import { readWordFile } from './word-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function report(models: readonly RunModel[], language: 'ru' | 'en' = 'ru', texts?: string) {
  const runs = models.map((model) => ({ model, analysis: undefined }));
  const { path } = await writeReport(join(folder, 'report.docx'), runs, {
    language,
    ...(texts === undefined ? {} : { texts }),
  });
  return readWordFile(path);
}

/** The model as a test that passed everything. */
function passed(kind: 'search' | 'reliability', timeScale = 1): RunModel {
  const model = reportModel();
  const holds = model.verdict.holds.map((hold) => ({ ...hold, word: 'success' as const, reasons: [] }));
  const part =
    kind === 'search' ? { search: {} as never, steps: undefined } : { reliability: {} as never, steps: undefined };
  return {
    ...model,
    record: { ...model.record, signatures: { signed: 9, asked: 9, taken: 9, notAvailable: 0, valid: 9, invalid: 0 } },
    planned: {
      ...model.planned,
      timeScale,
      plan: { ...model.planned.plan, ...part },
      ...(kind === 'reliability'
        ? { reliability: { lmaxPercent: 130, levelPercent: 104, kind: 'regular' as const } }
        : {}),
    },
    verdict: { ...model.verdict, word: 'success', reasons: [], holds },
    search:
      kind === 'search'
        ? { lmaxPercent: 130, result: 'found', isConfirmed: true, isDisputed: false, steps: [] }
        : undefined,
  };
}

it('has the sections of the report in order, native tables with the prescribed columns, native charts', async () => {
  const word = await report([reportModel()]);
  expect(word.broken).toEqual([]);
  expect(word.headings(1)).toEqual([
    'Задачи на проведение НТ',
    'Критерии качества прохождения НТ',
    'Цели НТ',
    'Выводы',
    'Рекомендации по итогам',
    'Перечень дефектов',
    'Ограничения',
    'Отступления от методики',
    'Профиль',
    'Перечень проведённых тестов',
    'Результаты',
    'Локализация узких мест',
    'Конфигурация среды',
  ]);
  const step = word.tables.find(({ columns }) => columns.includes('Точность, %') && columns.includes('Успешных'));
  expect(step?.columns).toEqual([
    '№',
    'Описание сценария',
    'Название скрипта',
    'Целевая интенсивность, оп/час',
    'Успешных',
    'Неуспешных',
    'Точность, %',
    '90 перц. RT, мс',
    'SLA, сек',
  ]);
  expect(word.tables.some(({ columns }) => columns.join() === 'Критерий,Результат,Итог')).toBe(true);
  expect(word.tables.some(({ columns }) => columns.join() === 'Тип,Время,Описание,Ссылка')).toBe(true);
  expect(word.names.filter((name) => /^word\/charts\/chart\d+\.xml$/.test(name)).length).toBeGreaterThanOrEqual(2);
});

it('is English by flag', async () => {
  const word = await report([reportModel()], 'en');
  expect(word.headings(1)[3]).toBe('Conclusions');
  expect(word.text).not.toMatch(/[а-яё]{4}/i);
});

it.each([
  ['search and reliability passed', [passed('search'), passed('reliability')], 'Внедрение: Рекомендовано'],
  ['one of the two tests is missing', [passed('search')], 'Недостаточно данных: рекомендация о внедрении не даётся'],
  [
    'they were rehearsals',
    [passed('search', 0.1), passed('reliability')],
    'Недостаточно данных: рекомендация о внедрении не даётся',
  ],
  ['a hold broke a criterion', [reportModel()], 'Внедрение: Не рекомендовано'],
])('recommends only what was tested: %s', async (_case, models, words) => {
  expect((await report(models)).text).toContain(words);
});

it('says what differed from the methodology', async () => {
  const model = passed('search', 0.5);
  const word = await report([{ ...model, record: { ...model.record, resumedAt: [Date.UTC(2026, 0, 15, 10)] } }]);
  expect(word.text).toContain('Времена плана умножены на 0.5: репетиция, а не испытание.');
  expect(word.text).toContain('Прогон возобновлялся после остановки генератора: 15 января 2026');
});

it('shows a row whose accuracy is below its limit in red', async () => {
  const { redRows } = await report([reportModel()]);
  expect(redRows.map((cells) => cells[2])).toEqual(['sign-unep']);
});

it('adds the texts people wrote', async () => {
  const texts = join(folder, 'texts');
  mkdirSync(join(texts, 'report'), { recursive: true });
  writeFileSync(join(texts, 'report/recommendations.md'), 'Увеличить пул соединений до **64**.\n');
  writeFileSync(join(texts, 'stand.yaml'), 'release: "2.7"\ndefects:\n  - { id: HR-1, title: Утечка соединений }\n');
  const word = await report([passed('search'), passed('reliability')], 'ru', texts);
  expect(word.text).toContain('Увеличить пул соединений до 64.');
  expect(word.text).toContain('Внедрение 2.7: Рекомендовано');
  expect(word.tables).toContainEqual({
    columns: ['№', 'Дефект', 'Критичность', 'Состояние'],
    rows: [['HR-1', 'Утечка соединений', '–', '–']],
  });
});
