import { defaultPopulation } from '@poligon/people';
import { signatureSuite, verifyCms, type SuiteId } from '@poligon/pki';
import { CaStand } from './ca-stand.js';

const DOCUMENTS = 40;

describe.each(['ecdsa-p256', 'rsa-2048', 'gost2012-256'] as const)('with two signing threads, %s', (suite: SuiteId) => {
  let stand: CaStand;
  beforeAll(async () => {
    stand = await CaStand.start({ CA_SUITE: suite, CA_SIGNING_THREADS: '2' });
  });
  afterAll(() => stand.close());

  it('every order is answered once, its signatures in the order of its documents', async () => {
    const { certificateId } = (await stand.issueAstral('reg', 21)).data;
    const documents = Array.from({ length: DOCUMENTS }, (_, index) => Buffer.from(`документ ${index}`));
    const own = signatureSuite(suite);
    const ordered = documents.map((document, index) => ({
      id: `d${index}`,
      hash: own.digest(document).toString('base64'),
    }));
    const ids = ['s1', 's2', 's3', 's4'];
    await Promise.all(ids.map((id) => stand.astral('USIG_SIGN_REQUEST', id, { certificateId, documents: ordered })));
    for (const id of ids) {
      const { data } = await stand.event('USIG_SIGN_RESULT', id);
      expect(data.status).toBe('DONE');
      expect(data.signatures.map((found: { id: string }) => found.id)).toEqual(ordered.map((one) => one.id));
      const isGood = data.signatures.every(
        ({ signature }: { signature: string }, index: number) =>
          verifyCms(Buffer.from(signature, 'base64'), documents[index]).valid,
      );
      expect(isGood).toBe(true);
    }
  });

  it('certificates asked for at once are all made, of one chain', async () => {
    const indexes = Array.from({ length: 12 }, (_, index) => 100 + index);
    const issued = await Promise.all(indexes.map((index) => stand.issueAstral(`many-${index}`, index)));
    const serials = new Set(issued.map(({ data }) => data.serialNumber));
    expect(serials.size).toBe(indexes.length);
    const snils = defaultPopulation.person(indexes[0]!).snils;
    expect((await stand.admin('GET', `/certificates?snils=${snils}`)).body.certificates).toHaveLength(1);
  });
});
