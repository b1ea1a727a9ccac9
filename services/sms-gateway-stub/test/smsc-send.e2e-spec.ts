import type { RunningEmulator } from '@poligon/emulator-kit';
import { defaultPopulation } from '@poligon/people';
import { startEmulator } from '@poligon/testing';
import { createHash } from 'node:crypto';
import { request } from 'undici';
import { smsGatewayStub } from '../src/app.module.js';

const phone = defaultPopulation.phoneOf(42);
const MD5 = createHash('md5').update('poligon').digest('hex');
let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await startEmulator(smsGatewayStub, {
    SMS_HANDSET_DELAY: '{"ms":20}',
    SMS_RECEIPT_DELAY_MS: '60',
    SMS_MAX_BODY_BYTES: '4096',
  });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await request(`${emulator.adminUrl}/__admin/reset`, { method: 'POST' });
});

async function call(path: string, body?: string, type = 'application/x-www-form-urlencoded') {
  const reply = await request(emulator.protocolUrl + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'content-type': type },
    body: body ?? null,
  });
  return { status: reply.statusCode, text: await reply.body.text() };
}

function send(fields: Record<string, string>) {
  const defaults = { login: 'poligon', psw: 'poligon', phones: phone, mes: 'Код: 1234', charset: 'utf-8', fmt: '3' };
  return call('/sys/send.php', new URLSearchParams({ ...defaults, ...fields }).toString());
}

async function inbox(query: Record<string, string>) {
  const reply = await request(
    `${emulator.adminUrl}/__admin/inbox/wait?${new URLSearchParams({ phone, timeoutMs: '5000', ...query }).toString()}`,
  );
  const text = await reply.body.text();
  return { status: reply.statusCode, message: text === '' ? undefined : JSON.parse(text).message };
}

describe('send.php', () => {
  it('accepts a message and shows it on the handset with its code', async () => {
    const sent = await send({ mes: 'Код для подписания документа № 77: 4321' });
    expect(JSON.parse(sent.text)).toEqual({ id: expect.any(Number), cnt: 1 });
    const { message } = await inbox({ contains: '№ 77' });
    expect(message).toMatchObject({
      phone,
      sender: 'SMSC.RU',
      text: 'Код для подписания документа № 77: 4321',
      code: '4321',
    });
  });

  it.each([
    ['fmt=0', { fmt: '0' }, /^OK - 1 SMS, ID - \d+$/],
    ['fmt=1', { fmt: '1' }, /^\d+,1$/],
    ['fmt=1 with price and balance', { fmt: '1', cost: '3' }, /^\d+,1,1\.44,\d+\.\d\d$/],
    ['fmt=1, price only', { fmt: '1', cost: '1' }, /^1\.44,1$/],
    ['fmt=2', { fmt: '2' }, /<result><id>\d+<\/id><cnt>1<\/cnt><\/result>/],
    ['fmt=3 with price', { fmt: '3', cost: '2' }, /^\{"id":\d+,"cnt":1,"cost":"1\.44"\}$/],
    ['fmt=3 with price and balance', { fmt: '3', cost: '3' }, /"balance":"\d+\.\d\d"/],
    [
      'fmt=3 per number',
      { fmt: '3', op: '1' },
      /"phones":\[\{"phone":"7\d{10}","mccmnc":"25001","cost":"1\.44","status":"0","error":""\}\]/,
    ],
  ])('answers in the form of %s', async (_, fields, form) => {
    expect((await send(fields)).text).toMatch(form);
  });

  it('takes parameters from the query of a POST, MD5 of the password and an API key', async () => {
    const body = `phones=${phone}&mes=one&fmt=1`;
    expect((await call(`/sys/send.php?login=poligon&psw=${MD5}`, body)).text).toMatch(/^\d+,1$/);
    expect((await call(`/sys/send.php?apikey=poligon-api-key&phones=${phone}&mes=two&fmt=1`)).text).toMatch(/^\d+,1$/);
  });

  it('reads windows-1251 by default and koi8-r when told', async () => {
    await call('/sys/send.php', `login=poligon&psw=poligon&phones=${phone}&mes=%CA%EE%E4%3A%201234`);
    expect((await inbox({ consume: 'true' })).message.text).toBe('Код: 1234');
    await call('/sys/send.php', `login=poligon&psw=poligon&phones=${phone}&charset=koi8-r&mes=%EB%CF%C4%3A%205678`);
    expect((await inbox({ consume: 'true' })).message.text).toBe('Код: 5678');
  });

  it('accepts the JSON variant', async () => {
    const body = JSON.stringify({ login: 'poligon', psw: 'poligon', phones: phone, mes: 'Код: 9999' });
    expect(JSON.parse((await call('/rest/send/', body, 'application/json')).text)).toMatchObject({ cnt: 1 });
    expect((await inbox({})).message.code).toBe('9999');
  });

  it('sends different texts by list', async () => {
    const other = defaultPopulation.phoneOf(43);
    await call(
      '/sys/send.php',
      `login=poligon&psw=poligon&charset=utf-8&list=${encodeURIComponent(`${phone}:Код 1111\n${other}:Код 2222`)}`,
    );
    expect((await inbox({})).message.code).toBe('1111');
    expect((await inbox({ phone: other })).message.code).toBe('2222');
  });

  it.each([
    ['no text', { mes: '' }, { error: 'parameters error', error_code: 1 }],
    ['a wrong password', { psw: 'wrong' }, { error: 'authorise error', error_code: 2 }],
    ['a bad time', { time: 'tomorrow' }, { error: 'invalid date format', error_code: 5 }],
    ['a bad number', { phones: '12' }, { error: 'invalid number', error_code: 7 }],
    ['a bad cost mode', { cost: '9' }, { error: 'parameters error', error_code: 1 }],
  ])("refuses %s with the provider's error", async (_, fields, error) => {
    const reply = await send(fields);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toEqual(error);
  });

  it('refuses the same send twice within a minute', async () => {
    await send({ mes: 'again' });
    expect(JSON.parse((await send({ mes: 'again' })).text).error_code).toBe(9);
  });

  it.each([
    ['0', 'ERROR = 2 (authorise error)'],
    ['1', '0,-2'],
    [
      '2',
      '<?xml version="1.0" encoding="utf-8"?>\n<result><error>authorise error</error><error_code>2</error_code></result>',
    ],
  ])('writes errors in the form fmt=%s', async (fmt, text) => {
    expect((await send({ psw: 'wrong', fmt })).text).toBe(text);
  });

  it.each([
    ['malformed JSON', '/rest/send/', '{"login":', 200, '{"error":"parameters error","error_code":1}'],
    ['an oversized body', '/rest/send/', `{"mes":"${'x'.repeat(5000)}"}`, 413, '413 Request Entity Too Large'],
    ['an unknown path', '/sys/nothing.php', '{}', 404, '404 Not Found'],
  ])('answers %s as the provider does', async (_, path, body, status, text) => {
    const reply = await call(path, body, 'application/json');
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(text);
  });

  it("answers a wrong method as the provider's web server does", async () => {
    const reply = await request(`${emulator.protocolUrl}/rest/send/`, { method: 'DELETE' });
    expect(reply.statusCode).toBe(405);
    expect(await reply.body.text()).toContain('405 Not Allowed');
  });
});

describe('status.php', () => {
  it('follows a message from the queue to the handset', async () => {
    const { id } = JSON.parse((await send({})).text);
    await inbox({});
    const asked = async () =>
      JSON.parse((await call(`/sys/status.php?login=poligon&psw=poligon&phone=${phone}&id=${id}&fmt=3&all=1`)).text);
    const first = await asked();
    expect([-1, 0, 1]).toContain(first.status);
    expect(first).toMatchObject({ err: 0, phone, cost: '1.44', sender_id: 'SMSC.RU', message: 'Код: 1234', id });
    expect(first.last_date).toMatch(/^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/);
  });

  it('answers -3 for a message it does not know', async () => {
    expect((await call(`/sys/status.php?login=poligon&psw=poligon&phone=${phone}&id=999999&fmt=1`)).text).toBe(
      '-3,0,0',
    );
  });
});

describe('balance.php', () => {
  it('answers plain text and JSON', async () => {
    expect((await call('/sys/balance.php?login=poligon&psw=poligon')).text).toMatch(/^\d+\.\d\d$/);
    expect((await call('/sys/balance.php?login=poligon&psw=poligon&fmt=3')).text).toMatch(
      /^\{"balance":"\d+\.\d\d"\}$/,
    );
  });
});

describe('the inbox', () => {
  it('hands a text to one reader only when it is consumed', async () => {
    const readers = [inbox({ consume: 'true', timeoutMs: '1000' }), inbox({ consume: 'true', timeoutMs: '1000' })];
    await send({});
    const statuses = (await Promise.all(readers)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 204]);
  });

  it('knows a phone in every usual form', async () => {
    await send({});
    const forms = [
      `+${phone}`,
      `8${phone.slice(1)}`,
      phone.slice(1),
      `+7 (${phone.slice(1, 4)}) ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`,
    ];
    for (const form of forms) expect((await inbox({ phone: form })).status).toBe(200);
  });

  it.each([
    ['no phone', '/__admin/inbox/wait', /^phone: required$/],
    ['a bad phone', '/__admin/inbox/wait?phone=abc', /^phone: must be a Russian phone number$/],
    ['a bad time-out', `/__admin/inbox/wait?phone=${'79430000000'}&timeoutMs=x`, /^timeoutMs: must be a number$/],
  ])('refuses %s', async (_, path, message) => {
    const reply = await request(emulator.adminUrl + path);
    expect(reply.statusCode).toBe(400);
    expect(((await reply.body.json()) as { error: string }).error).toMatch(message);
  });
});

describe('delivery faults', () => {
  const put = (id: string, fault: string, options: object) =>
    request(`${emulator.adminUrl}/__admin/faults/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fault, operations: ['smsc.send'], options }),
    });

  it('delivers late when the gateway answers late', async () => {
    await put('slow', 'latency', { ms: 300 });
    const startedMs = performance.now();
    const sending = send({});
    expect((await inbox({})).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(300);
    await sending;
  });

  it('never delivers a lost message and keeps its status with the operator', async () => {
    await put('lost', 'sms-lost', {});
    await send({});
    expect((await inbox({ timeoutMs: '200' })).status).toBe(204);
    const listed = await request(`${emulator.adminUrl}/__admin/messages?phone=${phone}`);
    expect(((await listed.body.json()) as { messages: object[] }).messages).toMatchObject([{ state: 'sent' }]);
  });

  it('delivers a duplicate twice', async () => {
    await put('twice', 'sms-duplicate', { gapMs: 30 });
    await send({});
    const first = await inbox({ consume: 'true' });
    expect((await inbox({ after: String(first.message.seq) })).message.text).toBe(first.message.text);
  });
});

it('offers at least six presets, all valid', async () => {
  const reply = await request(`${emulator.adminUrl}/__admin/presets`);
  expect(((await reply.body.json()) as { presets: object[] }).presets.length).toBeGreaterThanOrEqual(6);
});
