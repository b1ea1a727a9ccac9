import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromPem, parseCertificate } from '@poligon/pki';
import { CaStand } from './ca-stand.js';

interface Exported {
  readonly serialNumber: string;
  readonly certificate: string;
}

/** Keys and serial numbers of an authority and of its first three certificates. */
async function made(environment: Record<string, string>): Promise<{ keys: string[]; root: string; lines: Exported[] }> {
  const stand = await CaStand.start({ CA_SEEDED_KEYS: 'true', CA_KEY_POOL: '0', ...environment }, true);
  try {
    await stand.admin('POST', '/certificates/preissue', { persons: { from: 1, count: 3 } });
    const root = (await stand.admin('GET', '/ca/root.pem')).text;
    const { text } = await stand.admin('GET', '/certificates/export');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Exported);
    const all = [fromPem(root), ...lines.map(({ certificate }) => Buffer.from(certificate, 'base64'))].map(
      parseCertificate,
    );
    return { keys: all.map(({ spki, serialHex }) => `${serialHex} ${spki.toString('hex')}`), root, lines };
  } finally {
    await stand.close();
  }
}

describe('seeded keys', () => {
  it.each<Record<string, string>>([
    { CA_SUITE: 'ecdsa-p256' },
    { CA_SUITE: 'gost2012-256', CA_GOST_BACKEND: 'pure-js' },
  ])('%j: the same seed makes the same keys and serial numbers, another seed others', async (environment) => {
    const [first, second, other] = [
      await made(environment),
      await made(environment),
      await made({ ...environment, SEED: 'another' }),
    ];
    expect(second.keys).toEqual(first.keys);
    expect(new Set([...first.keys, ...other.keys]).size).toBe(8);
  });

  it('with GOST in JavaScript certificates are the same to the byte', async () => {
    const environment = { CA_SUITE: 'gost2012-256', CA_GOST_BACKEND: 'pure-js' };
    const [first, second] = [await made(environment), await made(environment)];
    const bytes = ({ root, lines }: typeof first) => [root, ...lines.map(({ certificate }) => certificate)];
    expect(bytes(second)).toEqual(bytes(first));
  });
});

describe('seeded keys beside kept state', () => {
  it('are refused: after a restart the same keys and serial numbers would be given to others', async () => {
    const CA_STATE_FOLDER = mkdtempSync(join(tmpdir(), 'ca-seeded-'));
    await expect(CaStand.start({ CA_SEEDED_KEYS: 'true', CA_STATE_FOLDER })).rejects.toThrow(
      /^CA_SEEDED_KEYS: needs state in memory, without CA_STATE_FOLDER, STATE_FOLDER and DATABASE_URL$/,
    );
  });
});

describe('certificates export', () => {
  it('has one line per certificate, newest first, and bounds how many', async () => {
    const stand = await CaStand.start();
    await stand.admin('POST', '/certificates/preissue', { persons: { from: 1, count: 5 } });
    const { text, headers } = await stand.admin('GET', '/certificates/export?limit=3');
    const listed = (await stand.admin('GET', '/certificates?limit=3')).body.certificates;
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Exported);
    expect(headers['content-type']).toContain('application/x-ndjson');
    expect(lines.map(({ serialNumber }) => serialNumber)).toEqual(
      listed.map(({ serialNumber }: Exported) => serialNumber),
    );
    for (const { certificate, serialNumber } of lines) {
      expect(parseCertificate(Buffer.from(certificate, 'base64')).serialHex).toBe(serialNumber);
    }
    expect((await stand.admin('GET', '/certificates/export?limit=0')).status).toBe(400);
    await stand.close();
  });
});

describe('slots of a tenant', () => {
  it.each(['[]', '{"a":0}', 'x'])('CA_HSM_SLOTS_OF=%s is refused', async (CA_HSM_SLOTS_OF) => {
    await expect(CaStand.start({ CA_HSM_SLOTS_OF })).rejects.toThrow(/CA_HSM_SLOTS_OF: must be a JSON object/);
  });
});
