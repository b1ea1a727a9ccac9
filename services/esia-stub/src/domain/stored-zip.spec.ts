import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storedZip } from './stored-zip.js';

const entries = [
  { name: 'ГОСТ 2012 ПРОД.cer', content: Buffer.from('first') },
  { name: 'rsa.cer', content: Buffer.alloc(1000, 7) },
];

/** Python's zipfile checks CRCs and reads names by their flags. */
const READ =
  'import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nz.extractall(sys.argv[2])';

function obstacle(): string | undefined {
  try {
    execFileSync('python3', ['-c', ''], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'no python3';
  }
}
const reason = obstacle();

describe('storedZip', () => {
  (reason === undefined ? it : it.skip)(
    `is read by another implementation${reason ? ` (skipped: ${reason})` : ''}`,
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'esia-zip-'));
      writeFileSync(join(folder, 'a.zip'), storedZip(entries));
      execFileSync('python3', ['-c', READ, join(folder, 'a.zip'), folder], { stdio: 'pipe' });
      for (const { name, content } of entries) expect(readFileSync(join(folder, name))).toEqual(content);
      rmSync(folder, { recursive: true });
    },
  );

  it('has the same bytes every time', () => {
    expect(storedZip(entries)).toEqual(storedZip(entries));
  });
});
