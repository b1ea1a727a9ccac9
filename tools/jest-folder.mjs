import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest's global setup: everything that tests put into the temporary directory goes into one folder, gone with the run. */
export default function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'poligon-tests-'));
  // Servers that refuse to be root's are started as somebody else, who has to get to his own folder.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  globalThis.removeTestFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
