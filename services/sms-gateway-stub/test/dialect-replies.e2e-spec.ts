import { Clock, Ids, SeededIds, type RunningEmulator } from '@poligon/emulator-kit';
import { FakeClock, golden, startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { smsGatewayStub } from '../src/app.module.js';

const SID = `AC${'0'.repeat(32)}`;
const basic = (login: string) => ({ authorization: `Basic ${Buffer.from(`${login}:poligon`).toString('base64')}` });
const key = (scheme: string) => ({ authorization: `${scheme} poligon-api-key` });
const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const json = (value: unknown, headers: Record<string, string> = {}) => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', ...headers },
});
const PHONE = '79430000001';
const SMSC = `login=poligon&psw=poligon&charset=utf-8`;
const RU = 'api_id=poligon-api-key';
const smsc = (path: string) => ({ path: `/sys/${path}` });
const ru = (path: string) => ({ path: `/${path}` });
const aero = (path: string, value?: unknown) => ({
  path: `/v2/${path}`,
  ...(value === undefined ? { headers: basic('poligon') } : json(value, basic('poligon'))),
});
const exolve = (method: string, value: unknown) => ({ path: `/messaging/v1/${method}`, ...json(value, key('Bearer')) });
const omni = (path: string, value: unknown) => ({
  path: `/http-api/v1/messages${path}`,
  ...json(value, basic('poligon')),
});
const beeline = (fields: Record<string, string>) => ({
  path: '/proto/http/',
  ...form({ user: 'poligon', pass: 'poligon', gzip: 'none', ...fields }),
});
const twilio = (path: string, fields?: Record<string, string>, method?: string) => {
  const call = fields === undefined ? { headers: {} } : form(fields);
  return { path: `/2010-04-01/Accounts/${SID}/${path}`, ...call, headers: { ...call.headers, ...basic(SID) }, method };
};
const iqsms = (path: string, value: object) => ({
  path: `/messages/v2/${path}.json`,
  ...json({ login: 'poligon', password: 'poligon', ...value }),
});
const devino = (messages: object[], query = '') => ({
  path: `/sms/messages${query}`,
  ...json({ messages }, key('Key')),
});
const megafon = (value: object) => ({ path: '/sms/v1/sms', ...json(value, basic('poligon')) });

interface Call {
  readonly path: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string | undefined;
}

/** Wall time of the test's clock, and the last message number before the calls that need one. */
const START_MS = new FakeClock().nowMs();
const LAST_ID = 1022;

/** Calls in the order they are made; message numbers grow from 1000. */
const CALLS: readonly (readonly [string, Call])[] = [
  ['smsc/send-fmt0', smsc(`send.php?${SMSC}&phones=${PHONE}&mes=a`)],
  ['smsc/send-fmt1-cost3', smsc(`send.php?${SMSC}&phones=${PHONE}&mes=b&fmt=1&cost=3`)],
  ['smsc/send-fmt2-cost2', smsc(`send.php?${SMSC}&phones=${PHONE}&mes=c&fmt=2&cost=2`)],
  ['smsc/send-fmt3-op1', smsc(`send.php?${SMSC}&phones=${PHONE}&mes=d&fmt=3&cost=3&op=1`)],
  ['smsc/send-client-id', smsc(`send.php?${SMSC}&phones=${PHONE}&mes=e&fmt=3&id=77`)],
  ['smsc/send-no-text', smsc(`send.php?${SMSC}&phones=${PHONE}`)],
  ['smsc/status-fmt1', smsc(`status.php?${SMSC}&phone=${PHONE}&id=1000&fmt=1`)],
  ['smsc/status-fmt2', smsc(`status.php?${SMSC}&phone=${PHONE}&id=1000,77&fmt=2`)],
  ['smsc/status-fmt3-all2', smsc(`status.php?${SMSC}&phone=${PHONE}&id=77&fmt=3&all=2`)],
  ['smsc/status-unknown', smsc(`status.php?${SMSC}&phone=${PHONE}&id=5&fmt=3`)],
  ['smsc/balance', smsc(`balance.php?${SMSC}`)],
  ['smsc/balance-fmt3', smsc(`balance.php?${SMSC}&fmt=3&cur=1`)],
  ['smsc/senders', smsc(`senders.php?${SMSC}&fmt=3`)],
  ['smsc/rest', { path: '/rest/send/', ...json({ login: 'poligon', psw: 'poligon', phones: PHONE, mes: 'f' }) }],
  ['smsru/send-json', ru(`sms/send?${RU}&to=${PHONE},12,15005550006&msg=a&json=1`)],
  ['smsru/send-text', ru(`sms/send?${RU}&to=${PHONE}&text=b`)],
  ['smsru/send-keyed', ru(`sms/send?${RU}&to[${PHONE}]=c&json=1`)],
  ['smsru/send-test', ru(`sms/send?${RU}&to=${PHONE}&msg=d&test=1&json=1`)],
  ['smsru/send-no-text', ru(`sms/send?${RU}&to=${PHONE}&json=1`)],
  ['smsru/send-bad-key', ru(`sms/send?api_id=wrong&to=${PHONE}&msg=a&json=1`)],
  ['smsru/send-bad-login', ru(`sms/send?login=x&password=y&to=${PHONE}&msg=a`)],
  ['smsru/status-json', ru(`sms/status?${RU}&sms_id=000000-1006,000000-9&json=1`)],
  ['smsru/status-text', ru(`sms/status?${RU}&id=000000-1006`)],
  ['smsru/cost', ru(`sms/cost?${RU}&to=${PHONE}&msg=a&json=1`)],
  ['smsru/balance', ru(`my/balance?${RU}&json=1`)],
  ['smsru/balance-text', ru(`my/balance?${RU}`)],
  ['smsru/limit', ru(`my/limit?${RU}&json=1`)],
  ['smsru/free', ru(`my/free?${RU}&json=1`)],
  ['smsru/senders', ru(`my/senders?${RU}&json=1`)],
  ['smsru/auth', ru(`auth/check?${RU}&json=1`)],
  ['smsru/stoplist-add', ru(`stoplist/add?${RU}&stoplist_phone=79430000009&stoplist_text=no&json=1`)],
  ['smsru/stoplist-get', ru(`stoplist/get?${RU}&json=1`)],
  ['smsru/send-stopped', ru(`sms/send?${RU}&to=79430000009&msg=a&json=1`)],
  ['smsru/stoplist-del', ru(`stoplist/del?${RU}&stoplist_phone=79430000009&json=1`)],
  ['smsru/callback-add', ru(`callback/add?${RU}&url=http://127.0.0.1:1/cb&json=1`)],
  ['smsru/callback-bad', ru(`callback/add?${RU}&url=ftp://x&json=1`)],
  ['smsru/callback-del', ru(`callback/del?${RU}&url=http://127.0.0.1:1/cb&json=1`)],
  ['smsru/callcheck-add', ru(`callcheck/add?${RU}&phone=${PHONE}&json=1`)],
  ['smsru/unknown-method', ru(`sms/nothing?${RU}&json=1`)],
  ['smsaero/send', aero('sms/send', { number: PHONE, sign: 'SMS Aero', text: 'a' })],
  ['smsaero/send-many', aero('sms/send', { numbers: [PHONE, '79430000002'], sign: 'SMS Aero', text: 'b' })],
  ['smsaero/send-no-sign', aero('sms/send', { number: PHONE, text: 'a' })],
  ['smsaero/status', aero('sms/status?id=1009')],
  ['smsaero/status-unknown', aero('sms/status?id=1')],
  ['smsaero/list', aero('sms/list')],
  ['smsaero/balance', aero('balance')],
  ['smsaero/auth', aero('auth')],
  ['smsaero/no-auth', { path: '/v2/balance' }],
  ['smsaero/operator', aero(`number/operator?number=${PHONE}`)],
  ['smsaero/telegram', aero('telegram/send', { number: PHONE, code: 1234 })],
  ['exolve/send', exolve('SendSMS', { number: 'HR', destination: PHONE, text: 'a' })],
  ['exolve/send-bad', exolve('SendSMS', { destination: PHONE, text: 'a' })],
  ['exolve/no-auth', { path: '/messaging/v1/SendSMS', ...json({}) }],
  ['exolve/list', exolve('GetList', {})],
  ['exolve/count', exolve('GetCount', {})],
  [
    'omni/send',
    omni('', { messages: [{ content: { short_text: 'a' }, from: { sms_address: 'HR' }, to: [{ msisdn: PHONE }] }] }),
  ],
  [
    'omni/send-options',
    omni('', {
      messages: [{ content: { short_text: 'b' }, to: [{ msisdn: PHONE }] }],
      options: { from: { sms_address: 'HR' } },
    }),
  ],
  ['omni/info', omni('/info', { int_ids: ['00000000-0000-4000-8000-0000000003f6', 'x'] })],
  ['omni/balance', omni('/balanceManagement/balance/full', {})],
  ['omni/bad', omni('', { messages: [] })],
  ['beeline/send', beeline({ action: 'post_sms', message: 'a', target: `+${PHONE}`, sender: 'HR' })],
  ['beeline/status', beeline({ action: 'status', sms_id: '1016' })],
  [
    'beeline/rest',
    {
      path: '/proto/http/rest',
      ...json({ action: 'post_sms', message: 'a', target: `+${PHONE}` }, { 'x-apikey': 'poligon-api-key' }),
    },
  ],
  ['beeline/denied', beeline({ pass: 'wrong', action: 'post_sms' })],
  ['megafon/send', megafon({ from: 'HR', to: Number(PHONE), message: 'a' })],
  ['megafon/send-text-number', megafon({ from: 'HR', to: PHONE, message: 'a' })],
  [
    'devino/send',
    devino([
      { from: 'HR', to: PHONE, text: 'a' },
      { from: 'HR', to: 'x', text: 'a' },
    ]),
  ],
  ['devino/send-segments', devino([{ from: 'HR', to: PHONE, text: 'a' }], '?includeSegmentId=true')],
  ['devino/no-auth', { path: '/sms/messages', ...json({ messages: [] }) }],
  [
    'iqsms/send',
    iqsms('send', {
      showBillingDetails: true,
      statusQueueName: 'queue1',
      messages: [
        { phone: PHONE, sender: 'HR', clientId: '1', text: 'a' },
        { phone: 'x', clientId: '2', text: 'a' },
      ],
    }),
  ],
  [
    'iqsms/status',
    iqsms('status', {
      messages: [
        { clientId: '1', smscId: 1021 },
        { clientId: '9', smscId: 9 },
      ],
    }),
  ],
  ['iqsms/queue', iqsms('statusQueue', { statusQueueName: 'queue1' })],
  ['iqsms/balance', iqsms('balance', {})],
  ['iqsms/denied', { path: '/messages/v2/balance.json', ...json({ login: 'x', password: 'y' }) }],
  ['twilio/send', twilio('Messages.json', { To: `+${PHONE}`, From: '+15005550006', Body: 'a' })],
  ['twilio/send-magic', twilio('Messages.json', { To: '+15005550003', From: '+15005550006', Body: 'a' })],
  ['twilio/send-no-body', twilio('Messages.json', { To: `+${PHONE}`, From: '+15005550006' })],
  ['twilio/fetch', twilio(`Messages/SM${(1022).toString(16).padStart(32, '0')}.json`)],
  ['twilio/fetch-unknown', twilio(`Messages/SM${'f'.repeat(32)}.json`)],
  ['twilio/list', twilio('Messages.json')],
  ['twilio/redact', twilio(`Messages/SM${(1022).toString(16).padStart(32, '0')}.json`, { Body: '' })],
  ['twilio/cancel', twilio(`Messages/SM${(1022).toString(16).padStart(32, '0')}.json`, { Status: 'canceled' })],
  ['twilio/delete', twilio(`Messages/SM${(1022).toString(16).padStart(32, '0')}.json`, undefined, 'DELETE')],
  ['smsru/code-call', ru(`code/call?${RU}&phone=${PHONE}`)],
  ['smsru/code-call-abroad', ru(`code/call?${RU}&phone=15005550006`)],
  ['smsru/callcheck-waiting', ru(`callcheck/status?${RU}&check_id=000000-${START_MS - 1000}`)],
  ['smsru/callcheck-confirmed', ru(`callcheck/status?${RU}&check_id=000000-${START_MS - 3000}`)],
  ['smsru/callcheck-expired', ru(`callcheck/status?${RU}&check_id=000000-${START_MS - 301_000}`)],
  ['smsaero/mobile-id', aero('mobile-id/send', { number: PHONE, codeSms: 4321, authType: 'sms' })],
  ['smsaero/mobile-id-status', aero('mobile-id/status', { id: LAST_ID + 2 })],
  ['smsaero/mobile-id-verify', aero('mobile-id/verify', { id: LAST_ID + 2, code: '4321' })],
  ['smsaero/flashcall', aero('flashcall/send', { number: PHONE, code: '1234' })],
  ['smsaero/flashcall-status', aero('flashcall/status', { id: LAST_ID + 3 })],
  ['smsaero/flashcall-bad-code', aero('flashcall/send', { number: PHONE, code: '12' })],
  ['twilio/no-auth', { path: `/2010-04-01/Accounts/${SID}/Messages.json` }],
];

describe('every reply, byte for byte', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator(smsGatewayStub, { SMS_BAD_LOGINS: '0', SMS_HANDSET_DELAY: '{"ms":10}' }, [
      { provide: Clock, useValue: new FakeClock() },
      { provide: Ids, useValue: new SeededIds('replies') },
    ]);
  });
  afterAll(() => emulator.close());

  it.each(CALLS)('%s', async (name, { path, body, headers = {}, method }) => {
    const reply = await request(emulator.protocolUrl + path, {
      method: (method ?? (body === undefined ? 'GET' : 'POST')) as 'GET',
      headers,
      body: body ?? null,
    });
    const type = reply.headers['content-type'];
    const actual = `${reply.statusCode} ${typeof type === 'string' ? type : ''}\n\n${await reply.body.text()}\n`;
    expect(actual).toBe(golden(new URL(`./golden/${name}.txt`, import.meta.url), actual).toString());
  });
});
