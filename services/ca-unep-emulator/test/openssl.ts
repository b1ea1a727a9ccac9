import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gostEngineStatus, type SuiteId } from '@poligon/pki';

/** `openssl` as an independent client and verifier, with the GOST engine when this machine has it (libengine-gost-openssl). */
const enginePath = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/engines-3/gost.so`)
  .find((path) => existsSync(path));
const engine = gostEngineStatus(enginePath);
export const canCheckGost = enginePath !== undefined && engine.available;

const CONFIG = `openssl_conf = init
[init]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
dynamic_path = ${enginePath}
default_algorithms = ALL
`;

/** A folder for what is given to `openssl`, and the command itself; the event loop goes on while it runs. */
export class Openssl {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ca-unep-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  file(name: string, data: Buffer | string): string {
    writeFileSync(this.path(name), data);
    return this.path(name);
  }

  run(...args: readonly string[]): Promise<{ status: number; output: string }> {
    const env = { ...process.env, ...(canCheckGost ? { OPENSSL_CONF: this.file('gost.cnf', CONFIG) } : {}) };
    return new Promise((resolve) => {
      execFile('openssl', args, { env, encoding: 'utf8' }, (failure, stdout, stderr) => {
        resolve({ status: failure === null ? 0 : Number(failure.code ?? 1), output: stdout + stderr });
      });
    });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const probe = new Openssl();
const hasOpenssl = (await probe.run('version')).status === 0;
probe.close();

/** Suites that can be checked here; what is left out is named by a skipped test. */
export function checkableSuites(): SuiteId[] {
  const all: SuiteId[] = ['ecdsa-p256', 'rsa-2048', 'gost2012-256', 'gost2012-512'];
  const usable = all.filter((suite) => hasOpenssl && (canCheckGost || !suite.startsWith('gost')));
  const reason = hasOpenssl ? (engine.reason ?? 'no engine file') : 'no openssl on PATH';
  for (const suite of all)
    if (!usable.includes(suite)) it.skip(`openssl, ${suite} [skipped: ${reason}]`, () => undefined);
  return usable;
}
