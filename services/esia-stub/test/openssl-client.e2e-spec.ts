import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromPem } from '@poligon/pki';
import { defaultPopulation as people } from '@poligon/people';
import { EsiaWorld, startEsia } from './esia-world.js';
import { call, InformationSystem, type Identity } from './information-system.js';
import { V1System, type CmsSigner } from './v1-system.js';

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

  /** CMS of a text by the command line; `flags` choose the kind. */
  function cmsSigner(name: string, flags: readonly string[]): CmsSigner {
    return (text) => {
      writeFileSync(file('text'), text);
      const own = ['-signer', file(`${name}.pem`), '-inkey', file(`${name}.key`), '-in', file('text')];
      return openssl(['cms', '-engine', 'gost', '-sign', '-binary', '-outform', 'DER', ...own, ...flags]);
    };
  }

  const KINDS: readonly (readonly [string, readonly string[]])[] = [
    ['detached with signed attributes', []],
    ['detached without signed attributes', ['-noattr']],
    ['attached with signed attributes', ['-nodetach']],
    ['attached without signed attributes', ['-nodetach', '-noattr']],
    ['attached in BER of indefinite length', ['-nodetach', '-stream']],
    ['without the certificate inside', ['-nocerts']],
  ];
  const KEYS = ['gost2012_256 -pkeyopt paramset:A -md_gost12_256', 'rsa:2048 -sha256'];

  it.each(KEYS.flatMap((key) => KINDS.map(([kind, flags]) => [key.split(' ', 1)[0]!, kind, key, flags] as const)))(
    'is let in by generation 1 with a CMS of %s %s',
    async (algorithm, _, key, flags) => {
      const name = algorithm.replace(':', '_');
      if (!existsSync(file(`${name}.pem`))) {
        const made = `-nodes -days 2 -subj /CN=${name} -keyout ${file(`${name}.key`)} -out ${file(`${name}.pem`)}`;
        openssl(`req -engine gost -x509 -newkey ${key} ${made}`.split(' '));
      }
      const certificatePem = readFileSync(file(`${name}.pem`), 'utf8');
      const client = { certificatePem, redirectUris: ['hr.example.test'] };
      await esia.admin('PUT', `/__admin/clients/${name.toUpperCase()}`, client);
      const system = new V1System(name.toUpperCase(), { certificatePem }, cmsSigner(name, flags));
      const reply = await call(`${esia.url}/aas/oauth2/ac?${system.authorization()}`);
      expect(reply.headers['location']).toBe(`${esia.url}/login`);
    },
  );

  it('is refused with RSA and SHA-1 of another text, and let in with it over the right one', async () => {
    const name = 'rsa_2048';
    const certificatePem = readFileSync(file(`${name}.pem`), 'utf8');
    const right = cmsSigner(name, ['-md', 'sha1', '-nodetach']);
    const enter = async (signer: CmsSigner) => {
      const system = new V1System('RSA_2048', { certificatePem }, signer);
      return (await call(`${esia.url}/aas/oauth2/ac?${system.authorization()}`)).headers['location'];
    };
    expect(await enter(right)).toBe(`${esia.url}/login`);
    expect(await enter((text) => right(`${text} `))).toContain('ESIA-007005');
  });
});
