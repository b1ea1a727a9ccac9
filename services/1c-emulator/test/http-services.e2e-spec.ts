import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { oneCEmulator } from '../src/app.module.js';

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'one-c-hs-')), 'services.yaml');
  writeFileSync(path, text);
  return path;
};

const SERVICES = `
services:
  - name: Staff
    rootUrl: staff
    templates:
      - { template: '/{id}', methods: { GET: { json: { id: '{id}' } } } }
      - { template: /list, methods: { GET: { status: 202, headers: { x-page: '1' }, body: список } } }
      - { template: '/*', methods: { ANY: { body: 'rest {*}' } } }
  - name: Twice
    rootUrl: twice
    templates:
      - { template: '/{a}', methods: { GET: {} } }
      - { template: '/{b}', methods: { GET: {} } }
`;

describe('HTTP services', () => {
  let emulator: RunningEmulator;
  afterEach(() => emulator.close());
  const start = async (environment: Record<string, string> = {}) => {
    emulator = await startEmulator(oneCEmulator, { ONEC_SCHEDULE_PROFILE: 'manual', ...environment });
  };
  const call = async (path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') => {
    const reply = await request(`${emulator.protocolUrl}/zup/hs${encodeURI(path)}`, { method });
    return [reply.statusCode, await reply.body.text()];
  };

  it('answers what the built-in services say, with the errors of 1C', async () => {
    await start();
    expect(await call('/ping/version')).toEqual([200, '1']);
    expect(await call('/ping/version', 'POST')).toEqual([405, '']);
    expect(await call('/ping/Version')).toEqual([404, '']);
    expect(await call('/nothing')).toEqual([404, '']);
    expect(await call('/ping/echo/Привет', 'POST')).toEqual([200, '{"text":"Привет"}']);
    expect(await call('/ping/fail')).toEqual([500, '{HTTPСервис.PoligonPing.Модуль(12)}: Деление на 0']);
  });

  it('takes the closest template: exact, then one segment, then the rest', async () => {
    await start({ ONEC_HTTP_SERVICES: file(SERVICES) });
    expect(await call('/staff/list')).toEqual([202, 'список']);
    expect(await call('/staff/17')).toEqual([200, '{"id":"17"}']);
    expect(await call('/staff/17/a/b', 'DELETE')).toEqual([200, 'rest 17/a/b']);
    expect(await call('/staff')).toEqual([200, 'rest ']);
    expect(await call('/twice/1')).toEqual([500, 'Неоднозначное соответствие шаблонов URL']);
  });

  it('wants a login when the infobase has users', async () => {
    await start({ ONEC_USERS: 'odata:1' });
    expect((await call('/ping/version'))[0]).toBe(401);
  });

  it.each([
    ['services: 1', /^ONEC_HTTP_SERVICES: .*: services: /],
    ['services: [', /^ONEC_HTTP_SERVICES: /],
    ['services: [{ name: a, rootUrl: a/b, templates: [] }]', /must be one path segment/],
  ])('names what is wrong with %s', async (text, message) => {
    const started = startEmulator(oneCEmulator, { ONEC_HTTP_SERVICES: file(text) });
    await expect(started).rejects.toThrow(message);
    await start();
  });
});
