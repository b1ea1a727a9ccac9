import { createTestDatabase } from '@poligon/testing';
import { defaultPopulation } from '@poligon/people';
import { parseCertificate } from '@poligon/pki';
import { CaStand, konturRequest } from './ca-stand.js';
import { checkableSuites, Openssl } from './openssl.js';

const SERVER_URL = process.env['TEST_DATABASE_URL'];
const about = 'replicas of the authority on one PostgreSQL';

if (SERVER_URL === undefined || SERVER_URL === '')
  it.skip(`${about} [skipped: TEST_DATABASE_URL is not set]`, () => undefined);
else if (checkableSuites().length > 0)
  describe(about, () => {
    const openssl = new Openssl();
    let database: Awaited<ReturnType<typeof createTestDatabase>>;
    let first: CaStand;
    let second: CaStand;

    beforeAll(async () => {
      database = await createTestDatabase();
      const environment = { DATABASE_URL: database.url, DB_MIGRATE_AT_START: 'true' };
      first = await CaStand.start(environment);
      second = await CaStand.start(environment);
    }, 60_000);
    afterAll(async () => {
      await first.close();
      await second.close();
      await database.drop();
      openssl.close();
    });

    const ask = async (stand: CaStand, leaf: string, chain: string): Promise<string> => {
      const issuer = openssl.file('issuer.pem', chain.split(/(?<=-----END CERTIFICATE-----\n)/)[0]!);
      const all = openssl.file('chain.pem', chain);
      const url = `${stand.emulator.protocolUrl}/ocsp/ocsp.srf`;
      return (await openssl.run('ocsp', '-issuer', issuer, '-cert', leaf, '-CAfile', all, '-url', url)).output;
    };

    it('are one authority: a request, its code and its certificate pass from one to the other, a revocation is known to both', async () => {
      const chain = (await first.admin('GET', '/ca/chain.pem')).text;
      expect((await second.admin('GET', '/ca/chain.pem')).text).toBe(chain);
      const { id } = (await first.kontur('POST', '/issue-requests', konturRequest(defaultPopulation.person(51)))).body;
      expect((await second.kontur('POST', `/issue-requests/${id}/send-code`)).status).toBe(200);
      const sms = await second.gateway.wait();
      const code = /\d{6}/.exec(new URLSearchParams(sms.body).get('mes')!)![0];
      expect((await first.kontur('POST', `/issue-requests/${id}/confirm`, { code })).status).toBe(202);
      let state = '';
      let certificate = '';
      while (state !== 'ISSUED') ({ state, certificate } = (await second.kontur('GET', `/issue-requests/${id}`)).body);
      const der = Buffer.from(certificate, 'base64');
      const { serialHex } = parseCertificate(der);
      const leaf = openssl.file(
        'leaf.pem',
        (await second.admin('GET', `/certificates/${serialHex}/certificate.pem`)).text,
      );
      for (const stand of [first, second]) expect(await ask(stand, leaf, chain)).toContain('leaf.pem: good');
      await first.admin('POST', `/certificates/${serialHex}/revoke`, {});
      const endMs = performance.now() + 5000;
      let answer = '';
      while (!answer.includes('revoked') && performance.now() < endMs) answer = await ask(second, leaf, chain);
      expect(answer).toContain('leaf.pem: revoked');
      let list = '';
      const read = ['crl', '-inform', 'DER', '-noout', '-text', '-in'];
      while (!list.includes(serialHex) && performance.now() < endMs) {
        const bytes = await (await fetch(`${second.emulator.protocolUrl}/cdp/1.crl`)).arrayBuffer();
        list = (await openssl.run(...read, openssl.file('l.crl', Buffer.from(bytes)))).output;
      }
      expect(list).toContain(serialHex);
    }, 60_000);

    it('follow a new key that one of them has made', async () => {
      await first.admin('POST', '/ca/rollover');
      const chain = (await first.admin('GET', '/ca/chain.pem')).text;
      await first.admin('POST', '/certificates/preissue', { persons: { from: 60, count: 1 } });
      const [{ certificate }] = (await first.admin('GET', '/certificates?limit=1')).body.certificates;
      const leaf = openssl.file(
        'new.pem',
        `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
      );
      expect(await ask(second, leaf, chain)).toContain('new.pem: good');
    }, 60_000);
  });
