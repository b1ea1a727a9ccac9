import { mkdtempSync, readFileSync, rmSync, writeFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runCommandLine } from '../src/cli/program.js';
import { readWordFile } from './word-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'methodology-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const collected = () => {
  const stream = Object.assign(
    new Writable({ write: (chunk, _encoding, done) => ((stream.text += String(chunk)), done()) }),
    { text: '' },
  );
  return stream as Writable & { text: string } & NodeJS.WriteStream;
};

async function methodology(...extra: string[]) {
  const [out, err] = [collected(), collected()];
  const argv = ['node', 'load', 'methodology', '--texts', folder, ...extra];
  const code = await runCommandLine(argv, { environment: {}, out, err });
  return { code, out: out.text.trim(), err: err.text.trim() };
}

it('has the sections that the customer prescribes, and native tables with its columns', async () => {
  const { code, out } = await methodology();
  expect(code).toBe(0);
  const word = readWordFile(out);
  expect(word.broken).toEqual([]);
  expect(word.headings(1)).toEqual([
    'История изменений',
    'Лист согласования',
    'Сокращения и терминология',
    'Введение',
    'Цели и задачи НТ',
    'Ограничения и риски',
    'Объект НТ',
    'Тестовый и промышленный стенды',
    'Стратегия тестирования',
    'Наполнение БД',
    'Моделирование нагрузки',
    'Мониторинг',
    'Требования к Заказчику',
    'Материалы, подлежащие сдаче',
    'Контакты',
  ]);
  const profile = word.tables.find(({ columns }) => columns[2] === 'Название скрипта' && columns.length === 5);
  expect(profile?.columns).toEqual([
    '№',
    'Описание сценария',
    'Название скрипта',
    'Целевая интенсивность, операций/час',
    'SLA, сек',
  ]);
  expect(profile?.rows.map((cells) => cells[2])).toEqual([
    'send-document',
    'send-lna',
    'application-unep',
    'issue-unep',
    'sign-unep',
    '',
  ]);
  const durations = word.tables.find(({ columns }) => columns[0] === 'Ступеней');
  expect(durations?.rows[1]).toEqual(['5', '4 ч 20 мин', '5 ч 40 мин', '18 ч', '140 %']);
});

it('names the case of a maximum below the target beforehand', async () => {
  const { out } = await methodology();
  expect(readWordFile(out).text).toContain('система не соответствует требованиям по производительности');
});

it('keeps every text written by hand when it is made anew', async () => {
  await methodology();
  writeFileSync(
    join(folder, 'methodology/goals.md'),
    'Цель одна: **знать запас** {{system}}.\n\n| Мера | Предел |\n|---|---|\n| RT | 2 с |\n',
  );
  const stand = readFileSync(join(folder, 'stand.yaml'), 'utf8').replace('system: HRLink', 'system: КЭДО-7');
  writeFileSync(join(folder, 'stand.yaml'), stand);
  const { out } = await methodology();
  const word = readWordFile(out);
  expect(word.text).toContain('Цель одна: знать запас КЭДО-7.');
  expect(word.tables).toContainEqual({ columns: ['Мера', 'Предел'], rows: [['RT', '2 с']] });
  expect(readFileSync(join(folder, 'stand.yaml'), 'utf8')).toBe(stand);
});

it('keeps a document that was edited in Word, under another name', async () => {
  const { out } = await methodology();
  writeFileSync(out, Buffer.concat([readFileSync(out), Buffer.from('edited')]));
  const edited = readFileSync(out);
  const again = await methodology();
  expect(again.err).toContain('methodology.edited-1.docx');
  expect(readFileSync(join(folder, 'methodology.edited-1.docx'))).toEqual(edited);
  expect((await methodology()).err).toBe('');
  expect(
    readdirSync(folder)
      .filter((name) => name.endsWith('.docx'))
      .sort(),
  ).toEqual(['methodology.docx', 'methodology.edited-1.docx']);
});

it('is English by flag, with texts of its own', async () => {
  const { out } = await methodology('--lang', 'en');
  const word = readWordFile(out);
  expect(word.headings(1)[8]).toBe('Strategy');
  expect(word.headings(1)).toHaveLength(15);
  expect(word.text.replace(/ЗУП/g, '')).not.toMatch(/[а-яё]{4}/i);
});

it.each([
  ['stand.yaml', 'system: [1]', 'system: '],
  ['stand.yaml', 'sistem: HRLink', 'unknown field sistem'],
  ['stand.yaml', 'history: [{', 'not valid YAML'],
  ['methodology/goals.md', 'Запас {{resreve}}', '{{resreve}}: unknown name, known: customer, profile, release, system'],
])('refuses %s with %j in one line', async (file, content, rule) => {
  await methodology();
  writeFileSync(join(folder, file), content);
  const { code, err } = await methodology();
  expect(code).toBe(2);
  expect(err).toContain(file.split('/').at(-1));
  expect(err).toContain(rule);
  expect(err.split('\n')).toHaveLength(1);
});

it('takes control characters out of texts: Word would refuse the file', async () => {
  await methodology();
  writeFileSync(join(folder, 'methodology/goals.md'), 'a\u0001b\ud800c <w:p> & "');
  const word = readWordFile((await methodology()).out);
  expect(word.broken).toEqual([]);
  expect(word.text).toContain('a\ufffdb');
  expect(word.text).toContain('<w:p> & "');
});
