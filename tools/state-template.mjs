/**
 * Makes `dist/state-template`: a fresh, empty data folder of the embedded database. Making one takes seconds of computing, copying it takes
 * none. Does nothing when the folder is there and of this version of the engine.
 */
import { PGlite } from '@electric-sql/pglite';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const FOLDER = 'dist/state-template';
const STAMP = 'dist/.state-template';

export async function makeStateTemplate() {
  const { version } = JSON.parse(readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8'));
  if (existsSync(FOLDER) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === version) return;
  const fresh = `${FOLDER}.${process.pid}`;
  const database = await PGlite.create({ dataDir: fresh, initDbStartParams: ['--wal-segsize=1'] });
  await database.close();
  rmSync(FOLDER, { recursive: true, force: true });
  renameSync(fresh, FOLDER);
  writeFileSync(STAMP, version);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await makeStateTemplate();
