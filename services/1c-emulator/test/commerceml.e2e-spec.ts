import { zipSync, strToU8 } from 'fflate';
import { request } from 'undici';
import { ODataClient } from './odata-client.js';
import { OneCStand } from './one-c.js';

const PAGE = '/bitrix/admin/1c_exchange.php';
const IMPORT =
  '<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2"><Товар></Товар></КоммерческаяИнформация>';

/** The web site as a client of another make than ours talks to it. */
class Site {
  cookie = '';
  constructor(readonly base: string) {}

  async call(query: string, body?: string | Buffer, headers: Record<string, string> = {}) {
    const reply = await request(`${this.base}${PAGE}?${encodeURI(query)}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        ...headers,
      },
      body: body ?? null,
    });
    const text = new TextDecoder('windows-1251').decode(await reply.body.arrayBuffer());
    return { status: reply.statusCode, type: reply.headers['content-type'], text, lines: text.split('\n') };
  }

  async login(type = 'catalog'): Promise<void> {
    const { lines } = await this.call(`type=${type}&mode=checkauth`);
    expect(lines[0]).toBe('success');
    this.cookie = `${lines[1]}=${lines[2]}`;
  }
}

describe('the web site 1C exchanges goods with', () => {
  let odata: ODataClient;
  let site: Site;
  beforeAll(async () => {
    odata = await ODataClient.start({
      ONEC_SITE_IMPORT_STEPS: '1',
      ONEC_SITE_FILE_BYTES: '2000',
      ONEC_EXCHANGE_FILE_BYTES: '20000',
    });
  });
  afterAll(() => odata.stop());
  beforeEach(async () => {
    site = new Site(odata.emulator.protocolUrl);
    await site.login();
  });

  it('tells its limits, takes a file in chunks, imports it step by step', async () => {
    expect((await site.call('type=catalog&mode=init')).lines).toEqual(['zip=yes', 'file_limit=2000']);
    for (const part of [IMPORT.slice(0, 60), IMPORT.slice(60)]) {
      expect((await site.call('type=catalog&mode=file&filename=import.xml', part)).text).toBe('success');
    }
    expect((await site.call('type=catalog&mode=import&filename=import.xml')).lines[0]).toBe('progress');
    expect((await site.call('type=catalog&mode=import&filename=import.xml')).lines).toEqual([
      ...['success', 'Загружено товаров: 1, предложений: 0'],
    ]);
    expect((await site.call('type=catalog&mode=complete')).text).toBe('success');
  });

  it('imports a file out of an archive', async () => {
    await site.call('type=catalog&mode=init');
    const archive = Buffer.from(zipSync({ 'offers.xml': strToU8(`\ufeff${IMPORT}`) }));
    await site.call('type=catalog&mode=file&filename=offers.zip', archive);
    await site.call('type=catalog&mode=import&filename=offers.xml');
    expect((await site.call('type=catalog&mode=import&filename=offers.xml')).lines[0]).toBe('success');
  });

  it('gives orders in windows-1251', async () => {
    const { type, text } = await site.call('type=sale&mode=query');
    expect(type).toBe('application/xml; charset=windows-1251');
    expect(text).toContain('<КоммерческаяИнформация ВерсияСхемы="2.05"');
  });

  it.each([
    ['another type', 'type=цены&mode=init', undefined, 'Неизвестная команда.'],
    ['an unknown mode', 'type=catalog&mode=toString', undefined, 'Неизвестная команда.'],
    ['a mode of orders in a catalogue', 'type=catalog&mode=query', undefined, 'Неизвестная команда.'],
    ['a file without a name', 'type=catalog&mode=file', 'x', 'Не указано имя файла.'],
    [
      'a chunk beyond the limit',
      'type=catalog&mode=file&filename=a',
      'x'.repeat(2001),
      'Размер файла превышает допустимый.',
    ],
    ['a file that is not there', 'type=catalog&mode=import&filename=b', undefined, 'Файл не найден.'],
  ])('refuses %s', async (_, query, body, text) => {
    expect(await site.call(query, body)).toMatchObject({ status: 200, lines: ['failure', text] });
  });

  it.each(['<a/>', '<!DOCTYPE a><КоммерческаяИнформация></КоммерческаяИнформация>', '<КоммерческаяИнформация>'])(
    'refuses %s as a document',
    async (document) => {
      await site.call('type=catalog&mode=init');
      await site.call('type=catalog&mode=file&filename=c.xml', document);
      await site.call('type=catalog&mode=import&filename=c.xml');
      expect((await site.call('type=catalog&mode=import&filename=c.xml')).lines[0]).toBe('failure');
    },
  );

  it('keeps no more than its limit, and makes room with every exchange', async () => {
    const fill = async () => {
      for (let nth = 0; ; nth += 1) {
        const { lines } = await site.call(`type=catalog&mode=file&filename=f${nth}`, 'x'.repeat(2000));
        if (lines[0] === 'failure') return nth;
      }
    };
    await site.call('type=catalog&mode=init');
    const first = await fill();
    await site.call('type=catalog&mode=init');
    expect(await fill()).toBe(first);
    await site.call('type=catalog&mode=init');
  });

  it('asks for its cookie', async () => {
    site.cookie = '';
    expect((await site.call('type=catalog&mode=init')).text).toBe(
      'failure\nОшибка проверки источника запроса. Обновите модуль обмена.',
    );
  });
});

describe('the job exchange-with-site', () => {
  let odata: ODataClient;
  let stand: OneCStand;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_USERS: 'Обмен:пароль', ONEC_SITE_FILE_BYTES: '1024' });
  });
  afterAll(() => odata.stop());
  afterEach(() => stand.stop());

  const open = async (environment: Record<string, string> = {}) => {
    const site = {
      ONEC_SITE_URL: odata.emulator.protocolUrl,
      ONEC_SITE_USER: 'Обмен:пароль',
      ONEC_SITE_IMPORT_CALLS: '5',
    };
    stand = await OneCStand.start({ ...site, ...environment });
  };

  it('sends the catalogue and asks for orders, without a word to HRLink', async () => {
    await open();
    const run = await stand.run('exchange-with-site');
    expect(run).toMatchObject({ outcome: 'succeeded', error: null });
    expect(run.items.sent).toBeGreaterThan(5);
    const modes = run.callLog.map(({ operation }: { operation: string }) => operation.replace('site.', ''));
    expect(modes.slice(0, 3)).toEqual(['catalog.checkauth', 'catalog.init', 'catalog.file']);
    expect(modes.slice(-4)).toEqual(['sale.checkauth', 'sale.init', 'sale.query', 'sale.success']);
    expect(modes.filter((mode: string) => mode === 'catalog.file').length).toBeGreaterThan(2);
    expect(stand.portal.sequence()).toEqual([]);
  });

  it.each([
    [
      { ONEC_SITE_USER: 'Обмен:другой' },
      'Сайт ответил ошибкой (checkauth): Ошибка авторизации. Неверное имя пользователя или пароль.',
    ],
    [{ ONEC_SITE_URL: '' }, 'Не указан адрес сайта для обмена'],
    [{ ONEC_SITE_URL: 'http://127.0.0.1:1' }, expect.stringContaining('Сайт не ответил')],
  ])('fails in words under %j', async (environment, error) => {
    await open(environment);
    expect(await stand.run('exchange-with-site')).toMatchObject({ outcome: 'failed', error });
  });

  it('gives up a site that never finishes', async () => {
    const fault = 'commerceml-endless-progress';
    await request(`${odata.emulator.adminUrl}/__admin/faults/${fault}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fault, operations: ['commerceml.import'], options: {} }),
    });
    await open();
    expect(await stand.run('exchange-with-site')).toMatchObject({
      outcome: 'failed',
      error: 'Сайт не завершил загрузку файла import.xml за 5 обращений',
    });
  });
});
