import { Peers } from './peers.js';
import { API_TOKEN, type Credentials, HR, person, Tenant, type Json } from './tenant.js';

const PASSWORD = 'Secret-12';

/** Adds a person by bulk, invites, follows the link of the SMS; gives the session. */
async function join(
  tenant: Tenant,
  index: number,
  signingMethods: string[] = [],
): Promise<{ id: string; session: Credentials; issue: Json }> {
  const human = person(index);
  await tenant.admin('POST', 'seed', { from: index, count: 1, state: 'added' });
  const { objects } = await tenant.admin('GET', `objects/${human.personGuid}`);
  const { id } = objects[0];
  await tenant.ok('user.invite', HR, { params: { clientUserId: id }, body: { channel: 'SMS', signingMethods } });
  const [, token = ''] = await tenant.peers.sms(human.phone, /https:\/\/hrlk\.ru\/(\S+)/);
  const wrong = { passportLastDigits: 'xxxx', consent: true, password: PASSWORD };
  expect((await tenant.call('invitation.accept', {}, { params: { token }, body: wrong })).body.errorCode).toBe(
    '90.441',
  );
  const body = { passportLastDigits: human.passport.number.slice(-4), consent: true, password: PASSWORD };
  const answer = await tenant.call('invitation.accept', {}, { params: { token }, body });
  expect(answer.status).toBe(200);
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  return { id, session: { cookie }, issue: answer.body.nqesIssueRequest };
}

const issueOf = async (tenant: Tenant, who: Credentials, id: string): Promise<Json> =>
  (await tenant.ok('nqes.get', who, { params: { id } })).nqesIssueRequest;
const until = (tenant: Tenant, who: Credentials, id: string, state: string) =>
  tenant.until(
    () => issueOf(tenant, who, id),
    (issue: Json) => issue.state === state,
  );

describe('flow (d), Астрал', () => {
  const tenant = new Tenant();
  beforeAll(() => tenant.start());
  afterAll(() => tenant.stop());

  it('sends its own 4 digits, registers at the authority, waits for acceptance, is issued', async () => {
    const { id, session } = await join(tenant, 0);
    const { nqesIssueRequest } = await tenant.ok('nqes.request', HR, {
      params: { clientUserId: id },
      body: { identificationType: 'ONSITE', codeChannel: 'SMS' },
    });
    expect(nqesIssueRequest).toMatchObject({ state: 'На подтверждении', caStyle: 'astral' });
    const [, code] = await tenant.peers.sms(person(0).phone, /УНЭП: (\d{4})$/);
    await tenant.ok('nqes.confirm', session, { params: { id: nqesIssueRequest.id }, body: { code } });
    await until(tenant, session, nqesIssueRequest.id, 'На проверке');
    const request = tenant.peers.astralEvents.find(({ type }) => type === 'USIG_REG_REQUEST');
    const owner = (request?.data as Json)['ВладельцыЭП'][0];
    const { lastName, firstName, patronymic } = person(0);
    expect(owner).toMatchObject({ ФИО: `${lastName} ${firstName} ${patronymic}`, СНИЛС: person(0).snils });
    await tenant.ok('nqes.accept', session, { params: { id: nqesIssueRequest.id } });
    await until(tenant, session, nqesIssueRequest.id, 'Выдан');
    expect(tenant.peers.astralEvents.at(-1)).toMatchObject({
      type: 'USIG_CERT_ACCEPT',
      data: { requestEventId: request?.id },
    });
    expect((await tenant.ok('user.certificates', session, { params: { clientUserId: id } })).certificates).toHaveLength(
      1,
    );
  });

  it('asks by itself when УНЭП was chosen with the invitation', async () => {
    const { issue } = await join(tenant, 1, ['CLOUD_NQES']);
    expect(issue).toMatchObject({ state: 'На подтверждении' });
  });

  it('takes over the reason of the authority', async () => {
    tenant.peers.rejectRegistration = { code: 'STOP_LIST', text: 'Стоп-лист' };
    const { session, issue } = await join(tenant, 2, ['CLOUD_NQES']);
    const [, code] = await tenant.peers.sms(person(2).phone, /УНЭП: (\d{4})$/);
    await tenant.ok('nqes.confirm', session, { params: { id: issue.id }, body: { code } });
    expect((await until(tenant, session, issue.id, 'Стоп-лист')).errorMessage).toBe('Стоп-лист');
    tenant.peers.rejectRegistration = undefined;
  });

  it('lives without callbacks: the event feed is polled', async () => {
    tenant.peers.callbackUrl = undefined;
    await tenant.admin('POST', 'seed', { from: 3, count: 1, state: 'certified' });
    const { kinds } = await tenant.until(
      () => tenant.admin('GET', 'balance'),
      ({ kinds: all }) => all.nqes.pending <= 1,
    );
    expect(kinds.nqes.failed).toBe(1);
  });

  it('lets HR repeat at once when the gateway did not take the code, and says why', async () => {
    tenant.peers.smsError = 'no money';
    await tenant.admin('POST', 'seed', { from: 4, count: 1, state: 'accepted' });
    const { objects } = await tenant.admin('GET', `objects/${person(4).personGuid}`);
    const body = { identificationType: 'ONSITE', codeChannel: 'SMS' };
    const { nqesIssueRequest } = await tenant.ok('nqes.request', HR, { params: { clientUserId: objects[0].id }, body });
    const { errorMessage } = await tenant.until(
      () => issueOf(tenant, HR, nqesIssueRequest.id),
      (issue: Json) => issue.errorMessage !== null,
    );
    expect(errorMessage).toContain('no money');
    tenant.peers.smsError = undefined;
    await tenant.ok('nqes.sendCode', HR, { params: { id: nqesIssueRequest.id } });
    await tenant.peers.sms(person(4).phone, /УНЭП: (\d{4})$/);
  });

  it('refuses a second open issue and an invitation within five minutes', async () => {
    const { id } = (await tenant.admin('GET', `objects/${person(4).personGuid}`)).objects[0];
    const again = await tenant.call('nqes.request', HR, { params: { clientUserId: id }, body: {} });
    expect(again.body.errorCode).toBe('90.411');
    await tenant.admin('POST', 'seed', { from: 5, count: 1, state: 'added' });
    const clientUserId = (await tenant.admin('GET', `objects/${person(5).personGuid}`)).objects[0].id;
    await tenant.ok('user.invite', HR, { params: { clientUserId }, body: { channel: 'SMS' } });
    const early = await tenant.call('user.invite', HR, { params: { clientUserId }, body: { channel: 'SMS' } });
    expect(early).toMatchObject({ status: 429, body: { errorCode: '90.435' } });
  });
});

describe('flow (d), Контур', () => {
  const tenant = new Tenant();
  beforeAll(() => tenant.start({ HRLINK_CA_STYLE: 'kontur' }));
  afterAll(() => tenant.stop());

  it("passes the authority's own 6 digits on and is issued without acceptance; its key signs", async () => {
    const { session, issue } = await join(tenant, 0, ['CLOUD_NQES']);
    expect(issue.caStyle).toBe('kontur');
    await tenant.ok('nqes.sendCode', session, { params: { id: issue.id } });
    const [, code] = await tenant.peers.sms(undefined, /kontur (\d{6})$/);
    const wrong = await tenant.call('nqes.confirm', session, { params: { id: issue.id }, body: { code: '000000' } });
    expect(wrong.body.errorCode).toBe('90.431');
    await tenant.ok('nqes.confirm', session, { params: { id: issue.id }, body: { code } });
    await until(tenant, session, issue.id, 'Выдан');

    const employee = await tenant.employeeId(person(0));
    const document = {
      fileId: await tenant.upload(),
      typeId: await tenant.typeId(),
      date: '2026-01-01T00:00:00Z',
      number: 'k-1',
      employeeIds: [employee],
    };
    await tenant.ok('documentGroups.sendToSigning', HR, { body: { name: 'x', documents: [document] } });
    const [sent] = await tenant.until(
      async () => (await tenant.ok('document.employeeList', session, { body: {} })).documents,
      (documents: Json) => documents.length === 1,
    );
    const { signingRequest } = await tenant.ok('document.sign', session, {
      params: { id: sent.id },
      body: { type: 'CLOUD_NQES' },
    });
    const [, sms] = await tenant.peers.sms(person(0).phone, /№ k-1: (\d+)$/);
    await tenant.ok('signing.confirm', session, { params: { id: signingRequest.id }, body: { code: sms } });
    await tenant.until(
      async () => (await tenant.ok('document.get', session, { params: { id: sent.id } })).document,
      (one: Json) => one.docflowFinishedDate !== null,
    );
  });
});

describe('REMOTE identification', () => {
  const tenant = new Tenant(new Peers('gost2012-256'));
  beforeAll(() => tenant.start());
  afterAll(() => tenant.stop());

  async function toEsia(index: number): Promise<{ session: Credentials; id: string; url: URL }> {
    const { id, session } = await join(tenant, index);
    const body = { identificationType: 'REMOTE', codeChannel: 'SMS' };
    const { nqesIssueRequest } = await tenant.ok('nqes.request', session, { params: { clientUserId: id }, body });
    const [, code] = await tenant.peers.sms(person(index).phone, /УНЭП: (\d{4})$/);
    const { nqesIssueRequest: confirmed } = await tenant.ok('nqes.confirm', session, {
      params: { id: nqesIssueRequest.id },
      body: { code },
    });
    expect(confirmed.state).toBe('В обработке');
    return { session, id: nqesIssueRequest.id, url: new URL(confirmed.redirectUrl) };
  }
  const back = (url: URL, query: Record<string, string>) => {
    const target = new URL(url.searchParams.get('redirect_uri') ?? '');
    const search = new URLSearchParams({ state: url.searchParams.get('state') ?? '', ...query });
    return tenant.raw('GET', `${target.pathname}?${search.toString()}`);
  };

  it('sends the browser to ESIA with a signed request, compares the СНИЛС, goes on to the authority', async () => {
    const { session, id, url } = await toEsia(0);
    expect(url.pathname).toBe('/aas/oauth2/v2/ac');
    expect(url.searchParams.get('client_certificate_hash')).toMatch(/^[0-9A-F]{64}$/);
    expect(url.searchParams.get('timestamp')).toMatch(/^\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d \+0000$/);
    expect(Buffer.from(url.searchParams.get('client_secret') ?? '', 'base64url')).toHaveLength(64);
    const registered = await tenant.admin('GET', 'esia-client');
    expect(registered).toMatchObject({ mnemonic: 'HRLINK', redirectUri: url.searchParams.get('redirect_uri') });
    expect(tenant.peers.astralEvents).toHaveLength(0);
    tenant.peers.esiaSnils = person(0).snils.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1-$2-$3 $4');
    expect((await back(url, { code: 'abc' })).status).toBe(200);
    expect(tenant.peers.esiaTokens.at(-1)?.get('code')).toBe('abc');
    await until(tenant, session, id, 'На проверке');
    expect((await issueOf(tenant, session, id)).redirectUrl).toBeNull();
    expect((await back(url, { code: 'abc' })).body.errorCode).toBe('90.411');
  });

  it('ends with an error in СНИЛС when another person logged in', async () => {
    const { session, id, url } = await toEsia(1);
    tenant.peers.esiaSnils = person(0).snils;
    await back(url, { code: 'abc' });
    expect((await issueOf(tenant, session, id)).state).toBe('Ошибка в данных СНИЛС/ИНН');
  });

  it('knows no foreign state', async () => {
    const answer = await tenant.raw('GET', '/api/v1/esia/callback?state=nope&code=1', {
      headers: { 'user-api-token': API_TOKEN },
    });
    expect(answer).toMatchObject({ status: 404, body: { errorCode: '90.404' } });
  });
});
