import { defaultPopulation } from '@poligon/people';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { bind, call, dropAll } from './smpp-client.js';
import { otherPhone, phone, startSms, type Json, type SmsStand } from './sms-stand.js';

let sms: SmsStand;
beforeAll(async () => {
  sms = await startSms({ SMS_HANDSET_DELAY: '{"ms":0}', SMS_MAX_MESSAGES: '5000' });
});
afterAll(() => sms.emulator.close());
beforeEach(() => sms.reset());
afterEach(() => dropAll());

async function send(text: string, to = phone, stand = sms): Promise<void> {
  const reply = await request(
    `${stand.emulator.protocolUrl}/sys/send.php?login=poligon&psw=poligon&charset=utf-8&fmt=3&phones=${to}&mes=${encodeURIComponent(text)}`,
  );
  expect(await reply.body.text()).toContain('"id"');
}

describe('the inbox', () => {
  it('hands every text to the reader who waits for it', async () => {
    for (let round = 0; round < 30; round += 1) {
      const waiting = sms.inbox({ consume: 'true' });
      await sms.admin('GET', 'inbox/stats');
      await send(`Код: ${1000 + round}`);
      expect((await waiting)?.code).toBe(String(1000 + round));
    }
  });

  it('answers thousands of readers, each its own text', async () => {
    const phones = Array.from({ length: 2000 }, (_, index) => defaultPopulation.phoneOf(1000 + index));
    const readers = phones.map((number) => sms.inbox({ phone: number, consume: 'true', timeoutMs: '20000' }));
    for (let at = 0; at < phones.length; at += 100) {
      await send(`Код: ${String(100_000 + at)}`, phones.slice(at, at + 100).join(','));
    }
    const texts = await Promise.all(readers);
    expect(texts.map((text) => text?.phone)).toEqual(phones);
    expect((await sms.admin('GET', 'inbox/stats')).body).toMatchObject({ waiting: 0, kept: 0 });
  });

  it('forgets readers that went away', async () => {
    const gone = new AbortController();
    const reading = request(`${sms.emulator.adminUrl}/__admin/inbox/wait?phone=${phone}&timeoutMs=60000`, {
      signal: gone.signal,
    });
    reading.catch(() => undefined);
    while ((await sms.admin('GET', 'inbox/stats')).body.waiting === 0);
    gone.abort();
    while ((await sms.admin('GET', 'inbox/stats')).body.waiting > 0);
  });

  it('finds texts of all phones, and of one', async () => {
    await send('Код: 1111');
    await send('Пароль: 2222', otherPhone);
    await sms.inbox({ phone: otherPhone });
    const search = async (query: string): Promise<Json[]> => (await sms.admin('GET', `inbox?${query}`)).body.messages;
    expect((await search('')).map(({ code }) => code)).toEqual(['2222', '1111']);
    expect((await search(`contains=${encodeURIComponent('Пароль')}`)).map(({ code }) => code)).toEqual(['2222']);
    expect((await search(`phone=${phone}&contains=${encodeURIComponent('Пароль')}`)).length).toBe(0);
    expect((await search(`since=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`)).length).toBe(0);
  });

  it('forgets by phone and by prefix', async () => {
    await send('a', `${phone},${otherPhone}`);
    await sms.inbox({ phone: otherPhone });
    expect((await sms.admin('DELETE', `inbox?phone=${phone}`)).status).toBe(204);
    expect((await sms.admin('DELETE', `inbox?prefix=${otherPhone.slice(0, 4)}`)).status).toBe(204);
    expect((await sms.admin('GET', 'inbox/stats')).body.kept).toBe(0);
    expect((await sms.admin('DELETE', 'inbox')).body).toEqual({ error: 'phone: give either phone or prefix' });
  });

  it('streams texts of chosen phones', async () => {
    const reply = await request(`${sms.emulator.adminUrl}/__admin/inbox/stream?phone=${phone}`);
    await send('Код: 3333', `${otherPhone},${phone}`);
    let seen = '';
    for await (const chunk of reply.body) {
      seen += String(chunk);
      if (seen.includes('\n\n') && seen.includes('data:')) break;
    }
    expect(JSON.parse(/data: (.*)/.exec(seen)![1]!)).toMatchObject({ phone, code: '3333' });
  });

  it('calls a webhook', async () => {
    const server = createServer((incoming, reply) => {
      incoming.on('data', (chunk: Buffer) => server.emit('told', JSON.parse(chunk.toString())));
      incoming.on('end', () => reply.end());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const hooked = await startSms({ SMS_INBOX_WEBHOOK_URL: url });
    const told = once(server, 'told');
    await send('Код: 4444', phone, hooked);
    expect((await told)[0]).toMatchObject({ message: { phone, code: '4444' } });
    await hooked.emulator.close();
    server.closeAllConnections();
    server.close();
  });
});

describe('messages', () => {
  it('are filtered, exported and moved by hand', async () => {
    await sms.admin('PUT', 'operators', {
      operators: [{ suffixes: [phone.slice(-4)], deliveredShare: 0, failures: [{ state: 'expired', error: 6 }] }],
    });
    await send('=1+1');
    await send('b', otherPhone);
    await sms.inbox({ phone: otherPhone });
    await sms.fault('sms-lost', {}, ['smsc.send']);
    await send('c', otherPhone);
    const listed = async (query: string): Promise<Json[]> =>
      (await sms.admin('GET', `messages?${query}`)).body.messages;
    while ((await listed('state=expired')).length === 0);
    expect(await listed('state=expired')).toMatchObject([{ phone, error: 6 }]);
    const [lost] = await listed('text=c');
    expect(
      (await sms.admin('POST', `messages/${lost.id}/state`, { state: 'undeliverable', error: 1 })).body,
    ).toMatchObject({ state: 'undeliverable' });
    expect((await sms.admin('POST', `messages/${lost.id}/state`, { state: 'delivered' })).status).toBe(409);
    const csv = await (
      await request(`${sms.emulator.adminUrl}/__admin/messages/export.csv?phone=${phone}`)
    ).body.text();
    expect(csv).toMatch(/^id,dialect,[^\r]*\r\n\d+,smsc,poligon,7\d{10},SMSC\.RU,expired,6,1,1\.44,\d+,'=1\+1\r\n$/);
  });

  it('keep to the balance when it is enforced, to senders when they are registered', async () => {
    await sms.admin('PUT', 'accounts/smsc/poor', {
      password: 'x',
      balance: 1,
      isBalanceEnforced: true,
      senders: ['HR'],
    });
    const ask = async (sender: string) => {
      const url = `${sms.emulator.protocolUrl}/sys/send.php?login=poor&psw=x&fmt=3&phones=${phone}&mes=a&sender=${sender}`;
      return JSON.parse(await (await request(url)).body.text()).error_code;
    };
    expect([await ask('HR'), await ask('Other')]).toEqual([3, 3]);
    await sms.admin('PUT', 'accounts/smsc/poor', {
      password: 'x',
      balance: 100,
      isBalanceEnforced: true,
      senders: ['HR'],
    });
    expect([await ask('HR'), await ask('Other')]).toEqual([undefined, 6]);
    expect((await sms.admin('DELETE', 'accounts/smsc/poor')).status).toBe(204);
    expect(await ask('HR')).toBe(2);
  });
});

describe('incoming texts', () => {
  it.each([
    ['udh8', 2],
    ['udh16', 2],
    ['sar', 2],
    ['payload', 1],
  ])('reach an ESME by %s in %d PDUs', async (concatenation, count) => {
    const { session, next } = await bind({ port: sms.smppPort });
    await call(session, 'enquire_link');
    const text = 'Подтверждаю ознакомление с приказом и соглашаюсь с его условиями, Иванов Иван';
    const { body } = await sms.admin('POST', 'incoming', { phone, to: '7001', text, dialect: 'smpp', concatenation });
    expect(body).toEqual({ told: 1 });
    const parts = [];
    for (let at = 0; at < count; at += 1) parts.push(await next());
    const joined = parts.map((pdu) => pdu.short_message.message || (pdu as Json).message_payload.message).join('');
    expect(joined).toBe(text);
    expect(parts[0]).toMatchObject({ source_addr: phone, destination_addr: '7001', data_coding: 8 });
  });
});
