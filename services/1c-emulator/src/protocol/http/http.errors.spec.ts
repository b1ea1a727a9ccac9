import type { FailedCall } from '@poligon/emulator-kit';
import { httpErrors } from './http.errors.js';

const call: FailedCall = {
  method: 'GET',
  url: '/zup/odata/standard.odata?$format=json',
  header: () => undefined,
  body: undefined,
  operation: undefined,
};
const render = (name: string, detail = {}) => httpErrors.render(name, detail, call);

describe('errors of an HTTP publication', () => {
  it.each([
    ['no-licence', 500, 'На сервере 1С:Предприятия не найдена лицензия.'],
    ['no-free-licence', 500, 'Не обнаружено свободной лицензии!'],
    ['session-killed', 500, 'Сеанс работы завершен администратором.'],
    ['session-lost', 400, 'Сеанс отсутствует или удален'],
    ['broken-publication', 500, 'Ошибка при разборе дескриптора виртуальных ресурсов'],
    ['pool-exhausted', 406, 'Не удалось начать сеанс'],
    ['exclusive-lock', 500, 'Ошибка разделенного доступа к базе данных'],
    ['crash-html', 500, '<h2>1C:Enterprise 8 application error:</h2>Unrecoverable error<br>'],
    ['iis-401-5', 401, '(401.5)'],
    ['not-published', 404, '404 Not Found'],
    ['web-server-unavailable', 503, '503 Service Unavailable'],
  ])('%s is HTTP %i', (name, status, text) => {
    const reply = render(name);
    expect(reply.status).toBe(status);
    expect(reply.body).toContain(text);
  });

  it('tells of a locked infobase as an exception with the administrator’s message', () => {
    const reply = render('infobase-locked', { message: 'Обновление до 21:00' });
    expect(reply.status).toBe(403);
    const { exception, ...type } = JSON.parse(reply.body.toString()) as Record<string, Record<string, unknown>>;
    expect(type).toEqual({ '#exception': '{http://v8.1c.ru/8.2/virtual-resource-system}Exception' });
    expect(exception).toMatchObject({
      reason: 403,
      descr: 'HTTP: Forbidden\nОшибка при выполнении запроса GET к ресурсу /odata/standard.odata:',
      inner: { descr: 'Начало сеанса с информационной базой запрещено.\nОбновление до 21:00' },
    });
    expect(exception!['inner']).toHaveProperty('inner.data');
  });

  it('asks for a login the way the platform does', () => {
    expect(render('unauthorised').headers).toMatchObject({
      'www-authenticate': 'Basic realm="1C:Enterprise 8.3"',
    });
  });

  it('keeps markup out of its pages', () => {
    expect(render('crash-html', { message: '<script>' }).body).toContain('&lt;script&gt;');
  });

  it('sends a page of a proxy in windows-1251', () => {
    const { headers, body } = render('cp1251-page');
    expect(headers['content-type']).toBe('text/html; charset=windows-1251');
    expect(new TextDecoder('windows-1251').decode(body as Buffer)).toContain('Ошибка шлюза: сервер 1С не отвечает');
  });

  it('has an entry for every problem', () => {
    for (const name of Object.values(httpErrors.problems)) expect(httpErrors.names).toContain(name);
    for (const name of httpErrors.names)
      expect(render(name).status).toBeGreaterThanOrEqual(name === 'html-200' ? 200 : 400);
  });
});
