import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** Where a document went, and where the copy went that somebody had edited. */
export interface Written {
  readonly path: string;
  readonly keptAs?: string;
}

/**
 * Writes a generated file. When the file that is there was edited since it was generated, it is kept under another name first: beside it
 * a `.<name>.sha256` remembers what was generated.
 */
export function writeKeeping(path: string, content: Buffer): Written {
  const memory = join(dirname(path), `.${basename(path)}.sha256`);
  const keptAs = existsSync(path) && !isOurs(path, memory) ? freeName(path) : undefined;
  if (keptAs !== undefined) renameSync(path, keptAs);
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
  writeFileSync(memory, `${digest(content)}\n`);
  return { path, ...(keptAs === undefined ? {} : { keptAs }) };
}

function isOurs(path: string, memory: string): boolean {
  return existsSync(memory) && readFileSync(memory, 'utf8').trim() === digest(readFileSync(path));
}

function freeName(path: string): string {
  const extension = extname(path);
  const stem = path.slice(0, -extension.length);
  for (let number = 1; ; number += 1) {
    const name = `${stem}.edited-${number}${extension}`;
    if (!existsSync(name)) return name;
  }
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
