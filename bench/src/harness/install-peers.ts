import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The peers' manifest; the bench runs from the repository's root. */
const MANIFEST = 'bench/package.json';
/** They are installed away from the sources: what they bring along must not be found by our own compiler. */
const FOLDER = 'data/bench-peers';
export const MODULES = join(FOLDER, 'node_modules');

/** Installs the peers unless they are there, all of those the manifest names. */
export function installPeers(log: (line: string) => void): void {
  const { dependencies } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { dependencies: Record<string, string> };
  if (Object.keys(dependencies).every((name) => existsSync(join(MODULES, name)))) return;
  log(`installing peers into ${FOLDER}...`);
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(MANIFEST, join(FOLDER, 'package.json'));
  const args = ['install', '--prefix', FOLDER, '--no-audit', '--no-fund', '--no-package-lock'];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) log('npm could not install the peers; those that are missing are left out');
}

/** Folder one peer can be required from; undefined, and said so, when it could not be installed. */
export function installPeer(name: string, log: (line: string) => void): string | undefined {
  installPeers(log);
  if (existsSync(join(MODULES, name))) return join(process.cwd(), FOLDER);
  log(`${name} is left out: not installed`);
  return undefined;
}
