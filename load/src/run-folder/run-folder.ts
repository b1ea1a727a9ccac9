import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import type { RunFiles } from './run-files.js';

/** The folder `runs/<id>/`: everything about one run, as files. */
export class RunFolder {
  constructor(readonly path: string) {}

  /** Makes a new folder; throws when it cannot be created or is taken. */
  static create(runs: string, id: string): RunFolder {
    const folder = new RunFolder(join(runs, id));
    mkdirSync(runs, { recursive: true });
    mkdirSync(folder.path);
    mkdirSync(folder.file('checkpoints'));
    return folder;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Writes through a temporary file: a killed run must not leave half a JSON behind. */
  write<K extends keyof RunFiles>(name: K, content: RunFiles[K]): void {
    this.writeText(name, `${JSON.stringify(content, null, 2)}\n`);
  }

  writeText(name: string, text: string): void {
    const path = this.file(name);
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  }

  has(name: string): boolean {
    return existsSync(this.file(name));
  }

  readText(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  read<K extends keyof RunFiles>(name: K): RunFiles[K] {
    return JSON.parse(this.readText(name)) as RunFiles[K];
  }
}

/** Appends one JSON value per line; the operating system decides when it reaches the disk. */
export class NdjsonWriter<T> {
  private readonly stream: WriteStream;

  constructor(path: string) {
    this.stream = createWriteStream(path, { flags: 'a' });
  }

  write(value: T): void {
    this.stream.write(`${JSON.stringify(value)}\n`);
  }

  async close(): Promise<void> {
    this.stream.end();
    await once(this.stream, 'close');
  }
}
