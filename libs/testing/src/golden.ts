import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The bytes recorded in a golden file. With `UPDATE_GOLDEN=1` the given bytes are written first, to be reviewed and committed.
 * @throws Error when the file does not exist
 */
export function golden(file: URL, actual: Buffer | string): Buffer {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file.pathname), { recursive: true });
    writeFileSync(file, actual);
  }
  if (!existsSync(file)) throw new Error(`no golden file ${file.pathname}; run with UPDATE_GOLDEN=1 and review it`);
  return readFileSync(file);
}
