import { startEmulator } from '@poligon/testing';
import type { RunningEmulator } from '@poligon/emulator-kit';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smsGatewayStub } from '../services/sms-gateway-stub/src/app.module.js';
import { faultsProgram } from '../stand/src/faults/program.js';

/** A kubectl that knows one release: answers as the real one does, and "forwards" to an emulator that runs here. */
const KUBECTL = (folder: string, port: string) => `#!/bin/sh
echo "$*" >> '${folder}/calls'
case "$*" in
  *nowhere*) echo 'error: context "nowhere" does not exist' >&2; exit 1 ;;
  *'get service'*component=sms-gateway-stub*) printf 'nt-sms-gateway-stub' ;;
  *'get service'*) ;;
  *'get secret nt-tokens'*) printf 'c2VjcmV0LXRva2Vu' ;;
  *port-forward*) echo 'Forwarding from 127.0.0.1:${port} -> 9103'; exec sleep 60 ;;
esac
`;

describe('npm run faults -- --context', () => {
  let folder: string;
  let sms: RunningEmulator;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'poligon-kubectl-'));
    sms = await startEmulator(smsGatewayStub, { ADMIN_TOKEN: 'secret-token' });
    writeFileSync(join(folder, 'kubectl'), KUBECTL(folder, new URL(sms.adminUrl).port));
    chmodSync(join(folder, 'kubectl'), 0o755);
  });
  afterAll(async () => {
    await sms.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const faults = async (...args: string[]) => {
    let output = '';
    const print = (text: string) => void (output += text);
    await faultsProgram({ standFolder: folder, token: undefined, print, kubectl: join(folder, 'kubectl') }).parseAsync([
      'node',
      'faults',
      ...args,
    ]);
    return output;
  };

  it('finds the door and its token in the cluster', async () => {
    const place = ['--context', 'stand', '--namespace', 'nt', '--json'];
    await faults(...place, 'presets');
    const rules = JSON.parse(await faults(...place, 'list')) as { rules: unknown[] };
    expect(rules.rules).toEqual([]);
    const calls = readFileSync(join(folder, 'calls'), 'utf8');
    expect(calls).toContain('--context stand -n nt port-forward service/nt-sms-gateway-stub :admin');
  });

  it.each([
    [['--context', 'nowhere'], 'kubectl: error: context "nowhere" does not exist'],
    [['--context', 'stand', '--service', 'esia'], '--context: no Service esia-stub there'],
  ])('says in one line what is wrong with %j', async (args, words) => {
    await expect(faults(...args, 'list')).rejects.toThrow(words);
  });
});
