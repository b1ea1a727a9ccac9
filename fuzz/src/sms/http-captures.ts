/** A call as a client of a dialect makes it; `body` empty for GET. */
export interface HttpCapture {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const basic = (login: string) => ({ authorization: `Basic ${Buffer.from(`${login}:poligon`).toString('base64')}` });
const SID = `AC${'0'.repeat(32)}`;
const PHONE = '79430000001';

const get = (url: string, headers: HttpCapture['headers'] = {}): HttpCapture => ({
  method: 'GET',
  url,
  headers,
  body: '',
});
const form = (url: string, body: string, headers: HttpCapture['headers'] = {}): HttpCapture => ({
  method: 'POST',
  url,
  headers: { ...FORM, ...headers },
  body,
});
const json = (url: string, value: unknown, headers: HttpCapture['headers'] = {}): HttpCapture => ({
  method: 'POST',
  url,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(value),
});
const multipart = (fields: Readonly<Record<string, string>>): string =>
  `${Object.entries(fields)
    .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--b--\r\n`;

const SMSC = { login: 'poligon', psw: 'poligon', phones: PHONE, mes: 'Код: 1234', fmt: '3', cost: '3', op: '1' };

/** One or more calls of every dialect, and some of the admin door's own. */
export const HTTP_CAPTURES: readonly HttpCapture[] = [
  get(`/sys/send.php?${new URLSearchParams(SMSC).toString()}`),
  form(
    '/sys/send.php',
    new URLSearchParams({ ...SMSC, time: '0-24', valid: '01:00', maxsms: '2', translit: '1' }).toString(),
  ),
  form('/sys/send.php', `login=poligon&psw=poligon&list=${encodeURIComponent(`${PHONE}:a\n${PHONE}:b`)}`),
  {
    method: 'POST',
    url: '/sys/send.php',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: multipart(SMSC),
  },
  json('/rest/send/', SMSC),
  get(`/sys/status.php?login=poligon&psw=poligon&phone=${PHONE}&id=1000,1001&fmt=2&all=2`),
  get('/sys/balance.php?apikey=poligon-api-key&fmt=3&cur=1'),
  form('/sms/send', `api_id=poligon-api-key&to=${PHONE},12&msg=a&json=1&ttl=5&time=1`),
  form('/sms/send', `api_id=poligon-api-key&to[${PHONE}]=a&multi[${PHONE}]=b`),
  get('/sms/status?api_id=poligon-api-key&sms_id=000000-1000&json=1'),
  get(`/stoplist/add?api_id=poligon-api-key&stoplist_phone=${PHONE}&stoplist_text=a`),
  get('/callback/del?api_id=poligon-api-key&url=http://127.0.0.1:1/'),
  get('/callcheck/status?api_id=poligon-api-key&check_id=000000-1&json=1'),
  json('/v2/sms/send', { numbers: [PHONE], sign: 'SMS Aero', text: 'a', dateSend: 1 }, basic('poligon')),
  get('/v2/sms/list?page=2', basic('poligon')),
  json(
    '/messaging/v1/SendSMS',
    { number: 'HR', destination: PHONE, text: 'a' },
    { authorization: 'Bearer poligon-api-key' },
  ),
  json(
    '/http-api/v1/messages',
    { messages: [{ content: { short_text: 'a' }, from: { sms_address: 'HR' }, to: [{ msisdn: PHONE }] }] },
    basic('poligon'),
  ),
  json('/http-api/v1/messages/info', { int_ids: ['00000000-0000-4000-8000-0000000003e8'] }, basic('poligon')),
  form('/proto/http/', `user=poligon&pass=poligon&action=post_sms&message=a&target=%2B${PHONE}&sender=HR`),
  json('/proto/http/rest', { action: 'status', sms_id: '1000' }, { 'x-apikey': 'poligon-api-key' }),
  json('/sms/v1/sms', { from: 'HR', to: Number(PHONE), message: 'a' }, basic('poligon')),
  json(
    '/sms/messages?includeSegmentId=true',
    {
      messages: [
        { from: 'HR', to: PHONE, text: 'a', validity: 60, scheduledTime: '2026-01-01T00:00:00Z', options: { a: 1 } },
      ],
    },
    { authorization: 'Key poligon-api-key' },
  ),
  json('/messages/v2/send.json', {
    login: 'poligon',
    password: 'poligon',
    statusQueueName: 'queue',
    messages: [{ phone: PHONE, sender: 'HR', clientId: '1', text: 'a' }],
  }),
  json('/messages/v2/status.json', {
    login: 'poligon',
    password: 'poligon',
    messages: [{ clientId: '1', smscId: 1000 }],
  }),
  form(`/2010-04-01/Accounts/${SID}/Messages.json`, `To=%2B${PHONE}&From=HR&Body=a&SendAt=2026-01-01`, basic(SID)),
  get(`/2010-04-01/Accounts/${SID}/Messages/SM${'0'.repeat(29)}3e8.json`, basic(SID)),
];
