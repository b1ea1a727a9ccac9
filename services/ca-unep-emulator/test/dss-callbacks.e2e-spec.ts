import { defaultPopulation } from '@poligon/people';
import { CaStand, Listener } from './ca-stand.js';
import { base64, DssUser } from './dss-user.js';

const person = defaultPopulation.person(12);

describe('КриптоПро DSS callbacks', () => {
  let stand: CaStand;
  let user: DssUser;
  let tenant: Listener;
  beforeAll(async () => {
    tenant = await Listener.open('{}');
    const settings = {
      CA_DSS_CALLBACK_URL: `${tenant.url}/dss`,
      CA_CALLBACK_RETRIES_MS: '1,1,1',
      CA_CODE_ATTEMPTS: '1',
    };
    stand = await CaStand.start({ ...settings, CA_CALLBACK_TOKEN: 'back' });
    user = await DssUser.signIn(stand, 'Обратнов Олег');
    const DistinguishedName = { '2.5.4.3': 'Обратнов Олег' };
    await user.server('POST', '/requests', { DistinguishedName, Phone: person.phone });
    while ((await user.server('GET', '/requests/1')).body.Status === 'PENDING');
  });
  afterAll(async () => {
    await stand.close();
    await tenant.close();
  });
  const open = async (): Promise<string> =>
    (await user.server('POST', '/transactions', { OperationCode: 2, Document: base64('x') })).body;
  const told = async (id: string) => JSON.parse((await tenant.wait(({ body }) => body.includes(id))).body);

  it('a confirmed transaction, although the first tries fail', async () => {
    const TransactionId = await open();
    tenant.statuses.push(500, 503);
    expect((await user.confirm(TransactionId, person.phone)).body.IsError).toBe(false);
    await tenant.wait(({ body }) => body.includes(TransactionId), 3);
    expect(await told(TransactionId)).toEqual({ Result: 'success', TransactionId, Error: '' });
    expect(tenant.calls.at(-1)!.headers.authorization).toBe('Bearer back');
  });

  it('a transaction whose tries are used up, and one the user cancelled', async () => {
    const lost = await open();
    const asked = await user.call('POST', '/STS/confirmation', { TransactionTokenId: lost });
    const { RefID } = asked.body.Challenge.TextChallenge[0];
    await user.answer(RefID, '1');
    await user.answer(RefID, '1');
    expect(await told(lost)).toMatchObject({ Result: 'error', Error: expect.stringMatching(/./) });
    const cancelled = await open();
    await stand.admin('PUT', '/faults/c', { fault: 'confirmation-cancelled', operations: ['sts.confirmation'] });
    await user.call('POST', '/STS/confirmation', { TransactionTokenId: cancelled });
    expect(await told(cancelled)).toMatchObject({ Result: 'error', Error: 'Операция отменена пользователем' });
  });
});
