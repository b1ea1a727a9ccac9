import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EsiaWorld, startEsia } from './esia-world.js';
import { InformationSystem, makeIdentity } from './information-system.js';

const folder = mkdtempSync(join(tmpdir(), 'esia-start-'));
afterAll(() => rmSync(folder, { recursive: true }));
const system = new InformationSystem('FROM_FILE', makeIdentity('gost2012-256'));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const indented = system.identity.certificatePem.trim().replaceAll('\n', '\n      ');
const clients = (more: string) => `clients:\n  FROM_FILE:\n    certificatePem: |\n      ${indented}\n    ${more}\n`;

describe('the clients file', () => {
  it('registers information systems at start', async () => {
    const path = file('clients.yaml', clients('redirectUris: [hr.example.test]'));
    const esia = new EsiaWorld(await startEsia({ ESIA_CLIENTS: path }));
    expect((await esia.ac(system.authorization())).headers['location']).toBe(`${esia.url}/login`);
    await esia.emulator.close();
  });

  it.each([
    ['that is missing', () => join(folder, 'none.yaml'), /^ESIA_CLIENTS: .*none\.yaml: ENOENT$/],
    ['that is not YAML', () => file('bad.yaml', 'clients: ['), /^ESIA_CLIENTS: .*bad\.yaml: /],
    [
      'with a wrong field',
      () => file('field.yaml', clients('redirectUris: []')),
      /clients\.FROM_FILE\.redirectUris: must name at least one/,
    ],
    [
      'with a broken certificate',
      () => file('cert.yaml', 'clients: { X: { certificatePem: x, redirectUris: [a.test] } }'),
      /clients\.X: no CERTIFICATE block found/,
    ],
  ])('%s stops the start with one line', async (_, path, message) => {
    await expect(startEsia({ ESIA_CLIENTS: path() })).rejects.toThrow(message);
  });
});

describe('token key files', () => {
  it('are written once and give the same certificate after a restart', async () => {
    const environment = {
      ESIA_TOKEN_RSA_FILE: join(folder, 'rsa.pem'),
      ESIA_TOKEN_GOST_FILE: join(folder, 'gost.pem'),
    };
    const certificates: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      const esia = new EsiaWorld(await startEsia(environment));
      for (const alg of ['RS256', 'GOST3410_2012_256']) {
        certificates.push((await esia.admin('GET', `/__admin/token-certificate.pem?alg=${alg}`)).body);
      }
      await esia.emulator.close();
    }
    expect(certificates.slice(2)).toEqual(certificates.slice(0, 2));
    expect(statSync(environment.ESIA_TOKEN_RSA_FILE).mode & 0o077).toBe(0);
  });

  it('that are damaged stop the start with one line that shows nothing of the key', async () => {
    const path = file('damaged.pem', 'not a key');
    await expect(startEsia({ ESIA_TOKEN_RSA_FILE: path })).rejects.toThrow(
      /^ESIA_TOKEN_RSA_FILE: .*damaged\.pem: no PRIVATE KEY/,
    );
  });
});
