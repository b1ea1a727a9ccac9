import { readFileSync } from 'node:fs';
import { parseCertificate, pem } from '@poligon/pki';
import { request } from 'undici';
import { CaStand } from './ca-stand.js';
import { checkableSuites, Openssl } from './openssl.js';

const openssl = new Openssl();
const { file } = { file: openssl.file.bind(openssl) };
afterAll(() => openssl.close());

async function fetched(url: string): Promise<Buffer> {
  return Buffer.from(await (await request(url)).body.arrayBuffer());
}

const suites = checkableSuites();
if (suites.length > 0)
  describe.each(suites)('openssl asks the %s authority about a certificate', (suite) => {
    let stand: CaStand;
    let chain: string;
    let issuer: string;
    let leaf: string;
    let serial: string;

    beforeAll(async () => {
      stand = await CaStand.start({ CA_SUITE: suite, CA_KEY_POOL: '0' });
      chain = file(`${suite}-chain.pem`, (await stand.admin('GET', '/ca/chain.pem')).text);
      issuer = file(
        `${suite}-issuer.pem`,
        pem(await fetched(`${stand.emulator.protocolUrl}/aia/1.crt`), 'CERTIFICATE'),
      );
      const { data } = await stand.issueAstral('s-1', 1);
      const der = Buffer.from(data.certificate, 'base64');
      leaf = file(`${suite}-leaf.pem`, pem(der, 'CERTIFICATE'));
      serial = parseCertificate(der).serialHex;
    });
    afterAll(() => stand.close());
    beforeEach(() => stand.admin('DELETE', '/faults'));

    const ocsp = (...more: string[]) =>
      openssl.run(...['ocsp', '-issuer', issuer, '-cert', leaf, '-CAfile', chain], ...more);
    const ask = (path = '/OCSP/ocsp.srf') => ocsp('-url', `${stand.emulator.protocolUrl}${path}`);
    const fault = (name: string, options: object = {}) =>
      stand.admin('PUT', `/faults/${name}`, { fault: name, operations: ['*'], options });
    const crl = async (name: string) =>
      file(`${name}.crl`, await fetched(`${stand.emulator.protocolUrl}/cdp/${name}.crl`));

    it('good, by POST and by GET, with the nonce it sent', async () => {
      expect((await ask()).output).toMatch(/: good[^]*Response verify OK/);
      expect((await ask('/ocsp2012/ocsp.srf')).output).not.toContain('WARNING');
      await ocsp('-reqout', openssl.path('req.der'), '-no_nonce');
      const text = encodeURIComponent(readFileSync(openssl.path('req.der')).toString('base64'));
      const got = await fetched(`${stand.emulator.protocolUrl}/ocsp/ocsp.srf/${text}`);
      expect((await ocsp('-respin', file('got.der', got), '-no_nonce')).output).toMatch(/: good[^]*Response verify OK/);
      got[got.length - 100]! ^= 1;
      got[60]! ^= 1;
      expect((await ocsp('-respin', file('got.der', got), '-no_nonce')).output).not.toMatch(
        /: good[^]*Response verify OK/,
      );
    });

    it('unknown for a serial number this authority did not make', async () => {
      const url = ['-url', `${stand.emulator.protocolUrl}/ocsp/ocsp.srf`];
      const args = ['ocsp', '-issuer', issuer, '-serial', '0x1234567890', '-CAfile', chain, ...url];
      expect((await openssl.run(...args)).output).toMatch(/: unknown[^]*Response verify OK/);
    });

    it('a time-stamp, and none for a digest of another length', async () => {
      const data = file('data', 'Приказ');
      const digest = suite.startsWith('gost') ? '-md_gost12_256' : '-sha256';
      await openssl.run('ts', '-query', '-data', data, digest, '-cert', '-out', openssl.path('q.tsq'));
      const send = async (body: Buffer) =>
        Buffer.from(
          await (
            await request(`${stand.emulator.protocolUrl}/TSP/tsp.srf`, {
              ...{ method: 'POST', body, headers: { 'content-type': 'application/timestamp-query' } },
            })
          ).body.arrayBuffer(),
        );
      const reply = await send(readFileSync(openssl.path('q.tsq')));
      const check = (bytes: Buffer) =>
        openssl.run(
          ...['ts', '-verify', '-in', file('r.tsr', bytes), '-queryfile', openssl.path('q.tsq'), '-CAfile', chain],
        );
      expect((await check(reply)).output).toContain('Verification: OK');
      const spoilt = Buffer.from(reply);
      spoilt[spoilt.length - 10]! ^= 1;
      expect((await check(spoilt)).output).not.toContain('Verification: OK');
      const text = await openssl.run(
        'ts',
        '-reply',
        '-in',
        file('bad.tsr', await send(Buffer.from('3003020101', 'hex'))),
        '-text',
      );
      expect(text.output).toContain('Status: Rejected');
    });

    it.each([
      ['ocsp-try-later', {}, /trylater/i],
      ['ocsp-unknown', {}, /: unknown/],
      ['ocsp-stale', {}, /WARNING: Status times invalid|status expired/],
      ['ocsp-wrong-responder', {}, /Response Verify Failure/i],
      ['ocsp-nonce-mismatch', {}, /Nonce Verify error/],
    ])('under %s', async (name, options, output) => {
      expect((await fault(name, options)).status).toBeLessThan(300);
      expect((await ask()).output).toMatch(output);
    });

    it('revoked after a revocation, by OCSP, list and delta; the list refuses a flipped bit', async () => {
      const empty = await openssl.run('crl', '-noout', '-in', await crl('1'), '-CAfile', chain);
      expect(empty.output).toContain('verify OK');
      await stand.admin('POST', `/certificates/${serial}/revoke`, { reason: 'keyCompromise' });
      expect((await ask()).output).toMatch(/: revoked[^]*Reason: keyCompromise[^]*Response verify OK/);
      expect((await stand.admin('POST', '/ca/crl')).body).toMatchObject({ entries: 1 });
      for (const name of ['1', '1-delta']) {
        const list = await openssl.run('crl', '-noout', '-text', '-in', await crl(name), '-CAfile', chain);
        expect(list.output).toContain('verify OK');
        expect(list.output.toUpperCase()).toContain(`SERIAL NUMBER: ${serial}`);
      }
      const chained = ['verify', '-crl_check', '-CAfile', chain, '-CRLfile', await crl('1'), leaf];
      expect((await openssl.run(...chained)).output).toContain('certificate revoked');
      const flipped = readFileSync(openssl.path('1.crl'));
      flipped[flipped.length - 3]! ^= 1;
      const bad = await openssl.run('crl', '-noout', '-in', file('bad.crl', flipped), '-CAfile', chain);
      expect(bad.output).toContain('verify failure');
    });

    it('nothing but expired, huge or missing lists under their faults', async () => {
      await fault('crl-expired');
      const chained = async () =>
        (await openssl.run('verify', '-crl_check', '-CAfile', chain, '-CRLfile', await crl('1'), leaf)).output;
      expect(await chained()).toContain('CRL has expired');
      await stand.admin('DELETE', '/faults');
      await fault('crl-huge');
      expect((await fetched(`${stand.emulator.protocolUrl}/cdp/1.crl`)).length).toBeGreaterThan(2_700_000);
      await fault('crl-unavailable');
      expect((await request(`${stand.emulator.protocolUrl}/cdp/1.crl`)).statusCode).toBe(404);
    });
  });

it('every front door of certificate status answers garbage with its own error', async () => {
  const stand = await CaStand.start();
  const post = async (path: string, body: Buffer) => {
    const reply = await request(`${stand.emulator.protocolUrl}${path}`, { method: 'POST', body });
    return { status: reply.statusCode, hex: Buffer.from(await reply.body.arrayBuffer()).toString('hex') };
  };
  const bombs = [
    Buffer.alloc(0),
    Buffer.from('30'.repeat(5000), 'hex'),
    Buffer.from('3084ffffffff', 'hex'),
    Buffer.from('3080'),
  ];
  for (const bomb of bombs) {
    expect(await post('/ocsp/ocsp.srf', bomb)).toEqual({ status: 200, hex: '30030a0101' });
    expect((await post('/tsp/tsp.srf', bomb)).hex).toMatch(/^30.*03020204$/);
  }
  const { hex } = await post('/ocsp/ocsp.srf', foreignRequest());
  expect(hex).toBe('30030a0106');
  expect((await stand.admin('GET', '/operations')).status).toBe(200);
  await stand.close();
});

/** About a certificate of an authority nobody here knows. */
function foreignRequest(): Buffer {
  const id = '3034300906052b0e03021a05000414' + '00'.repeat(20) + '0414' + '11'.repeat(20) + '020105';
  const body = Buffer.from(id, 'hex');
  const certId = Buffer.concat([Buffer.from([0x30, body.length - 2]), body.subarray(2)]);
  const wrap = (inner: Buffer) => Buffer.concat([Buffer.from([0x30, inner.length]), inner]);
  return wrap(wrap(wrap(wrap(certId))));
}
