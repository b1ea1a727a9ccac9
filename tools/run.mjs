/** Runs a built entry point, building first when the build is missing or older than a source file. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SOURCES = ['libs', 'services', 'load', 'stand', 'bench', 'fuzz', 'nest-cli.json', 'tsconfig.base.json'];

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|yaml|json)$/.test(entry.name))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

const [entry, ...args] = process.argv.slice(2);
const stamp = 'dist/.built';
const built = existsSync(stamp) ? Date.parse(readFileSync(stamp, 'utf8')) : 0;
if (SOURCES.some((path) => newest(path) > built)) {
  process.stderr.write('building...\n');
  const build = spawnSync(process.execPath, ['tools/build.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
process.argv = [process.argv[0], entry, ...args];
await import(pathToFileURL(join('dist', entry)).href);
