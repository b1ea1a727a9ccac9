import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { oneCEmulator } from '../src/app.module.js';

describe('the publication on the web server', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator(oneCEmulator, { ONEC_PUBLICATION: 'hrm', ONEC_MAX_BODY_BYTES: '1024' });
  });
  afterAll(() => emulator.close());

  const call = async (path: string, method: 'GET' | 'POST' = 'GET', body: string | null = null) => {
    const headers = body === null ? {} : { 'content-type': 'application/json' };
    const reply = await request(emulator.protocolUrl + path, { method, body, headers });
    return { status: reply.statusCode, type: reply.headers['content-type'], text: await reply.body.text() };
  };

  it.each(['/hrm', '/hrm/'])('shows its start page at %s', async (path) => {
    const { status, type, text } = await call(path);
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('1С:Предприятие');
  });

  it.each(['/', '/zup', '/hrm/ws/MessageExchange', '/__admin/jobs'])('does not know %s', async (path) => {
    expect(await call(path)).toMatchObject({ status: 404, text: expect.stringContaining('404 Not Found') });
  });

  it('refuses another method and a body that is too large', async () => {
    expect((await call('/hrm', 'POST')).status).toBe(405);
    expect((await call('/hrm', 'POST', JSON.stringify('x'.repeat(2000)))).status).toBe(413);
  });

  it('answers with an error of its catalogue when a rule says so', async () => {
    const rule = { fault: 'error', operations: ['http.*'], options: { code: 'infobase-locked' } };
    await request(`${emulator.adminUrl}/__admin/faults/locked`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rule),
    });
    const { status, type, text } = await call('/hrm');
    expect([status, type]).toEqual([403, 'application/json; charset=utf-8']);
    expect(JSON.parse(text).exception.descr).toBe('HTTP: Forbidden\nОшибка при выполнении запроса GET к ресурсу /:');
  });
});

describe('settings', () => {
  const file = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'one-c-')), 'file.yaml');
    writeFileSync(path, text);
    return path;
  };

  it.each([
    [{ ONEC_TASK_POLL_MS: '0' }, /^ONEC_TASK_POLL_MS: must be 1\.\.600000, got "0"$/],
    [{ ONEC_TIME_SCALE: 'fast' }, /^ONEC_TIME_SCALE: must be a number/],
    [{ ONEC_HRLINK_URL: 'hrlink' }, /^ONEC_HRLINK_URL: must be an http\(s\) URL/],
    [{ ONEC_EXPORT_ALL: 'yes' }, /^ONEC_EXPORT_ALL: must be true or false/],
    [{ ONEC_PUBLICATION: 'a/b' }, /^ONEC_PUBLICATION: must be 1\.\.64 letters/],
    [{ ONEC_EMPLOYEES: '999999' }, /^ONEC_ORGANISATIONS, ONEC_EMPLOYEES: employees: organisation 0 has 100000/],
    [
      { ONEC_SCHEDULE_PROFILE: 'weekly' },
      /^ONEC_SCHEDULE_PROFILE: no profile "weekly", known are daily, background, payday, manual$/,
    ],
    [{ ONEC_SCHEDULE: '/nonexistent.yaml' }, /^\/nonexistent\.yaml: ENOENT/],
    [{ ONEC_SCHEDULE: file('profiles: []') }, /file\.yaml: profiles: /],
    [{ ONEC_HRLINK_PATH_PROFILE: file('operations: { nope: {} }') }, /^ONEC_HRLINK_PATH_PROFILE: .*operations/],
  ])('are checked at start: %j', async (environment, message) => {
    const started = startEmulator(oneCEmulator, environment as unknown as Record<string, string>);
    await expect(started).rejects.toMatchObject({ name: 'SettingsError', message: expect.stringMatching(message) });
  });
});
