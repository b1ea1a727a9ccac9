import { reportModel } from '../../test/report-model.fixture.js';
import { renderReport } from './render-report.js';

const headings = (page: string) => [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, text]) => text);
const columnsAfter = (page: string, heading: string) => {
  const table = page.slice(page.indexOf(`<h2>${heading}</h2>`)).split('</thead>')[0]!;
  return [...table.matchAll(/<th class="\w+">([^<]*)<\/th>/g)].map(([, text]) => text);
};

describe('HTML report', () => {
  const ru = renderReport(reportModel(), 'ru');
  const en = renderReport(reportModel(), 'en');

  it('has the sections in order, in both languages', () => {
    expect(headings(ru)).toEqual([
      'Выводы',
      'Профиль',
      'Результат ступени',
      'Время отклика подробно',
      'Графики',
      'Ошибки по причинам',
      'Годность ступени',
      'Вызовы HTTP',
      'Фоновый обмен с 1С',
      'Условия прогона',
    ]);
    expect(headings(en).length).toBe(headings(ru).length);
    expect(ru).toContain('<html lang="ru">');
    expect(en).toContain('<html lang="en">');
  });

  it('has the columns the customer prescribes', () => {
    expect(columnsAfter(ru, 'Профиль')).toEqual([
      '№',
      'Описание сценария',
      'Название скрипта',
      'Целевая интенсивность, операций/час',
      'SLA, сек',
    ]);
    expect(columnsAfter(ru, 'Результат ступени')).toEqual([
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
    expect(columnsAfter(ru, 'Годность ступени')).toEqual([
      'Ступень',
      'Точность, %',
      'lag p99, мс',
      'CPU генератора, %',
      'Потеряно',
      'Литтл, %',
      'Вердикт',
    ]);
    expect(ru).toContain('Уровень нагрузки от профиля: 100 %, время ступени: 09:00:10 – 09:01:10');
    expect(ru).toContain('Итого');
  });

  it('marks exactly the rows below 98 % accuracy red and says why the run failed', () => {
    const rows = [...ru.matchAll(/<tr class="bad">[\s\S]*?<\/tr>/g)].map(([text]) => text);
    expect(rows.length).toBe(1);
    expect(rows[0]).toContain('sign-unep');
    expect(rows[0]).toContain('93,3');
    expect(ru).toContain('Провал');
    expect(ru).toContain('точность интенсивности 93,3 %, требуется 98 %');
    expect(en).toContain('intensity accuracy 93.3 %, 98 % required');
  });

  it('needs nothing from outside, and runs no script but its own two', () => {
    for (const whole of [ru, en]) {
      expect(whole.match(/<script\b[^>]*>/g)).toEqual(['<script>', '<script>']);
      const page = whole.replace(/<script>[\s\S]*?<\/script>/g, '');
      expect(page).not.toMatch(/<(script|link|iframe|img|object|embed)\b/i);
      expect(page).not.toMatch(/(src|href)\s*=|url\(\s*["']?(https?:|\/\/)|@import/i);
      expect(page.replaceAll('http://127.0.0.1:8100', '')).not.toMatch(/https?:\/\//);
    }
  });

  it('escapes whatever a system under test has said', () => {
    expect(ru).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  });

  it('draws a chart per operation and two for the run, with colours of the page theme', () => {
    expect([...ru.matchAll(/<svg/g)].length).toBe(4);
    expect(ru).toContain('stroke="var(--c1)"');
    expect(ru).not.toMatch(/#0a0b0\d/);
  });

  it('shows what outer systems said: faults, 1C jobs, calls with an unconfirmed contract', () => {
    expect(ru).toContain('smsc.*');
    expect(ru).toContain('нет ответа: connect ECONNREFUSED');
    expect(ru).toContain('Расчётные листки');
    expect(ru).toMatch(/Контракт не подтверждён[^<]*: document\.get\./);
    expect(ru).toContain('Архивов получено: 1, недоступно: 2. Подписей проверено: 1');
  });

  it('still says something about a run without a finished hold', () => {
    const model = reportModel({ holds: [], series: [], health: [], errors: [] });
    model.verdict = {
      word: 'insufficient',
      reasons: [{ code: 'prepare', detail: 'bulk FAILED' }],
      holds: [],
      exitCode: 4,
    };
    const page = renderReport(model, 'ru');
    expect(page).toContain('Недостаточно данных');
    expect(page).toContain('подготовка данных не удалась: bulk FAILED');
    expect(page).toContain('Ни одна ступень не завершена.');
  });
});
