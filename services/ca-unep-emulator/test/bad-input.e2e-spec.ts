import { defaultPopulation } from '@poligon/people';
import { call, CaStand, regRequest, type Method } from './ca-stand.js';

let stand: CaStand;

beforeAll(async () => {
  stand = await CaStand.start({ CA_MAX_BODY_BYTES: '4096' });
});
afterAll(() => stand.close());

const EVENTS = '/astral/api/v1/events';
const ISSUE = '/kontur/v1/issue-requests';
const HASH = Buffer.alloc(32).toString('base64');
const person = defaultPopulation.person(9);
const event = (type: string, data: unknown) => ({ event: { id: 'e-1', type, data } });
const register = (change: object) => event('USIG_REG_REQUEST', regRequest(person, change));
const sign = (documents: unknown) => event('USIG_SIGN_REQUEST', { certificateId: 'c', documents });
const owner = 'event.data.ВладельцыЭП[0]';

const astral = (status: number, message: string) => ({ status, body: { status: String(status), message } });
const kontur = (status: number, code: string, text: string) => ({ status, body: { error: { code, text } } });
const CASES: [string, Method, string, unknown, object][] = [
  ['an empty body', 'POST', EVENTS, '', astral(400, 'требуется тело запроса')],
  ['a list', 'POST', EVENTS, [], astral(400, 'ожидается объект')],
  ['null', 'POST', EVENTS, 'null', astral(400, 'ожидается объект')],
  ['no event', 'POST', EVENTS, {}, astral(400, 'event: обязательное поле')],
  ['no id', 'POST', EVENTS, { event: { type: 'USIG_CANCEL' } }, astral(400, 'event.id: обязательное поле')],
  ['a bad id', 'POST', EVENTS, { event: { id: 'a b', type: 'USIG_CANCEL' } }, astral(400, 'event.id: ожидается UUID')],
  ['an unknown type', 'POST', EVENTS, event('USIG_DANCE', {}), astral(400, 'event.type: неизвестный тип USIG_DANCE')],
  [
    'a type of Object',
    'POST',
    EVENTS,
    event('constructor', {}),
    astral(400, 'event.type: неизвестный тип constructor'),
  ],
  ['no owner', 'POST', EVENTS, event('USIG_REG_REQUEST', {}), astral(400, 'event.data.ВладельцыЭП: обязательное поле')],
  [
    'two owners',
    'POST',
    EVENTS,
    event('USIG_REG_REQUEST', { ВладельцыЭП: [...regRequest(person).ВладельцыЭП, ...regRequest(person).ВладельцыЭП] }),
    astral(400, 'event.data.ВладельцыЭП: ожидается один владелец'),
  ],
  ['no ФИО', 'POST', EVENTS, register({ ФИО: undefined }), astral(400, `${owner}.ФИО: обязательное поле`)],
  ['one word of ФИО', 'POST', EVENTS, register({ ФИО: 'Шер' }), astral(400, `${owner}.ФИО: ожидается фамилия и имя`)],
  [
    'a zero in ФИО',
    'POST',
    EVENTS,
    register({ ФИО: 'А\u0000 Б' }),
    astral(400, `${owner}.ФИО: содержит недопустимые знаки`),
  ],
  [
    'a short СНИЛС',
    'POST',
    EVENTS,
    register({ СНИЛС: '1' }),
    astral(400, `${owner}.СНИЛС: ожидается СНИЛС из 11 цифр`),
  ],
  [
    'a landline',
    'POST',
    EVENTS,
    register({ Телефон: '84951234567' }),
    astral(400, `${owner}.Телефон: телефон должен быть мобильным`),
  ],
  [
    'no request id',
    'POST',
    EVENTS,
    event('USIG_CERT_ACCEPT', {}),
    astral(400, 'event.data.requestEventId: обязательное поле'),
  ],
  [
    'an unknown request',
    'POST',
    EVENTS,
    event('USIG_CERT_ACCEPT', { requestEventId: 'x' }),
    astral(404, 'заявка x не найдена'),
  ],
  [
    'an unknown request to cancel',
    'POST',
    EVENTS,
    event('USIG_CANCEL', { requestEventId: 'x' }),
    astral(404, 'заявка x не найдена'),
  ],
  ['an unknown certificate', 'POST', EVENTS, sign([{ id: '1', hash: HASH }]), astral(404, 'сертификат c не найден')],
  ['no documents', 'POST', EVENTS, sign([]), astral(400, 'event.data.documents: нужен хотя бы один документ')],
  [
    'a short hash',
    'POST',
    EVENTS,
    sign([{ id: '1', hash: 'AAAA' }]),
    astral(400, 'event.data.documents[0].hash: ожидается base64 хэша длиной 32 байта'),
  ],
  ['an unknown path', 'GET', '/astral/api/v2/events', undefined, astral(404, 'не найдено')],
  ['a wrong method', 'DELETE', EVENTS, undefined, astral(404, 'не найдено')],
  [
    'an oversized body',
    'POST',
    EVENTS,
    register({ МестоРождения: 'x'.repeat(5000) }),
    { status: 400, body: { status: '400' } },
  ],
  ['malformed JSON', 'POST', EVENTS, '{"event":', { status: 400, body: { status: '400' } }],
  ['an empty body', 'POST', ISSUE, '', kontur(400, 'bad_request', 'требуется тело запроса')],
  ['an unknown id', 'GET', `${ISSUE}/x`, undefined, kontur(404, 'not_found', 'заявка x не найдена')],
  ['an unknown id', 'POST', `${ISSUE}/x/send-code`, undefined, kontur(404, 'not_found', 'заявка x не найдена')],
  [
    'a code that is a number',
    'POST',
    `${ISSUE}/x/confirm`,
    { code: 1 },
    { status: 400, body: { error: { code: 'bad_request' } } },
  ],
  [
    'an unknown certificate',
    'POST',
    '/kontur/v1/certificates/x/revoke',
    {},
    kontur(404, 'not_found', 'сертификат x не найден'),
  ],
  [
    'an unknown operation',
    'GET',
    '/kontur/v1/operations/x',
    undefined,
    kontur(404, 'not_found', 'операция x не найдена'),
  ],
  ['an unknown path', 'GET', '/kontur/v3', undefined, kontur(404, 'not_found', 'Не найдено')],
  ['a wrong method', 'PUT', ISSUE, {}, kontur(404, 'not_found', 'Не найдено')],
  [
    'an oversized body',
    'POST',
    ISSUE,
    { email: 'x'.repeat(5000) },
    kontur(413, 'payload_too_large', 'Слишком большой запрос'),
  ],
  ['malformed JSON', 'POST', ISSUE, '{', { status: 400, body: { error: { code: 'bad_request' } } }],
];

describe('bad input', () => {
  it.each(CASES)('gets a true answer: %s, %s %s', async (_, method, path, body, expected) => {
    const headers = { authorization: 'Bearer poligon', 'x-api-key': 'poligon', 'content-type': 'application/json' };
    const answer = await call(
      method,
      stand.emulator.protocolUrl + path,
      body,
      body === undefined ? { ...headers, 'content-type': 'text/plain' } : headers,
    );
    expect(answer).toMatchObject(expected);
  });

  it.each([
    ['no token', EVENTS, {}],
    ['a wrong token', EVENTS, { authorization: 'Bearer wrong' }],
    ['another scheme', EVENTS, { authorization: 'Basic poligon' }],
  ])('is refused at astral with %s', async (_, path, headers) => {
    const answer = await call('POST', stand.emulator.protocolUrl + path, register({}), headers);
    expect(answer).toMatchObject({ status: 401, text: '{"status":"401","message":"требуется действительный токен"}' });
  });

  it.each([
    ['no key', {}],
    ['a wrong key', { 'x-api-key': 'wrong' }],
  ])('is refused at kontur with %s', async (_, headers) => {
    const answer = await call('GET', `${stand.emulator.protocolUrl}${ISSUE}/x`, undefined, headers);
    expect(answer).toMatchObject({
      status: 401,
      text: '{"error":{"code":"unauthorized","text":"Требуется действительный ключ доступа"}}',
    });
  });

  it.each([
    ['GET', '/', 404, '404 Not Found'],
    ['GET', '/__admin/ca', 404, '404 Not Found'],
    ['GET', '/aia/7.crt', 404, '404 Not Found'],
    ['GET', '/aia/..%2f..%2fetc', 404, '404 Not Found'],
    ['POST', '/aia/1.crt', 405, '405 Not Allowed'],
  ] as const)('under no protocol is answered by the web server: %s %s', async (method, path, status, title) => {
    const answer = await call(method, stand.emulator.protocolUrl + path);
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'text/html' } });
    expect(answer.text).toContain(`<center><h1>${title}</h1></center>`);
  });

  it('leaves the authority at work', async () => {
    const { data } = await stand.issueAstral('after-all', 9);
    expect(data.status).toBe('ISSUED');
  });
});
