import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromPem } from '@poligon/pki';
import { defaultPopulation as people } from '@poligon/people';
import { EsiaWorld, startEsia } from './esia-world.js';
import { InformationSystem, type Identity } from './information-system.js';

/** Why the openssl command line cannot play the client here; undefined when it can. */
function obstacle(): string | undefined {
  try {
    execFileSync('openssl', ['dgst', '-engine', 'gost', '-md_gost12_256'], { input: '', stdio: 'pipe' });
    return undefined;
  } catch {
    return 'no openssl with the gost engine';
  }
}

const reason = obstacle();
const suite = reason === undefined ? describe : describe.skip;

suite(`a client that uses the openssl command line${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'esia-client-'));
  const file = (name: string) => join(folder, name);
  const openssl = (args: readonly string[], input?: Buffer) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], ...(input ? { input } : {}) });
  let esia: EsiaWorld;

  beforeAll(async () => {
    esia = new EsiaWorld(await startEsia());
  });
  afterAll(async () => {
    await esia.emulator.close();
    rmSync(folder, { recursive: true });
  });

  /** Key and certificate as the instructions make them. */
  function identity(paramSet: string): { identity: Identity; hash: string } {
    const [key, certificate] = [file(`${paramSet}.key`), file(`${paramSet}.pem`)];
    openssl(
      `req -engine gost -x509 -newkey gost2012_256 -pkeyopt paramset:${paramSet} -md_gost12_256 -nodes -days 2 -subj /CN=openssl -keyout ${key} -out ${certificate}`.split(
        ' ',
      ),
    );
    const certificatePem = readFileSync(certificate, 'utf8');
    const der = fromPem(certificatePem);
    const digest = openssl(['dgst', '-engine', 'gost', '-md_gost12_256', '-r'], der).toString();
    const sign = (data: Buffer) => {
      writeFileSync(file('data'), data);
      return openssl(['dgst', '-engine', 'gost', '-md_gost12_256', '-sign', key, file('data')]);
    };
    return { identity: { keyPair: { sign }, certificate: der, certificatePem }, hash: digest.split(' ', 1)[0]! };
  }

  it.each(['A', 'XA', 'TCA'])('logs a person in with a key on curve %s', async (paramSet) => {
    const { identity: own, hash } = identity(paramSet);
    const system = new InformationSystem(`CLI_${paramSet}`, own, hash);
    await esia.register(system);
    const person = people.person(9);
    const { access_token } = await esia.login(system, person.phone);
    expect((await esia.rest(`/rs/prns/${person.esiaOid}`, access_token)).status).toBe(200);
  });
});
