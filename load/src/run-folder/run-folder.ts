import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import type { RunFiles } from './run-files.js';

/** The folder `runs/<id>/`: everything about one run, as files. */
export class RunFolder {
  constructor(readonly path: string) {}

  /** Makes a new folder. Throws RunFolderError when it cannot be created or is taken. */
  static create(runs: string, id: string): RunFolder {
    const folder = new RunFolder(join(runs, id));
    try {
      mkdirSync(runs, { recursive: true });
      mkdirSync(folder.path);
      mkdirSync(folder.file('checkpoints'));
    } catch (error) {
      throw new RunFolderError(`run folder: ${(error as Error).message}`, { cause: error });
    }
    return folder;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Writes through a temporary file: a killed run must not leave half a JSON behind. Throws RunFolderError. */
  write<K extends keyof RunFiles>(name: K, content: RunFiles[K]): void {
    this.writeText(name, `${JSON.stringify(content, null, 2)}\n`);
  }

  writeText(name: string, text: string): void {
    const path = this.file(name);
    try {
      writeFileSync(`${path}.part`, text);
      renameSync(`${path}.part`, path);
    } catch (error) {
      throw new RunFolderError(`run folder: ${(error as Error).message}`, { cause: error });
    }
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

/** The run folder cannot be written any more; the message is one line. */
export class RunFolderError extends Error {
  override readonly name = 'RunFolderError';
}

/** How long lines wait for others, and how many of them do not wait. */
const WAIT_MS = 20;
const CHUNK_CHARS = 65_536;

/** Appends one JSON value per line; the operating system decides when it reaches the disk. */
export class NdjsonWriter<T> {
  private opened: WriteStream | undefined;
  private failure: RunFolderError | undefined;
  /** Lines on their way to the file, together: a write each would cost more than the lines. */
  private pending = '';

  /**
   * `onError` is called once, when the file cannot be written; what comes after is thrown away. A lazy file exists only
   * when something was written.
   */
  constructor(
    private readonly path: string,
    private readonly onError: (error: RunFolderError) => void = () => undefined,
    { isLazy = false } = {},
  ) {
    if (!isLazy) this.stream();
  }

  write(value: T): void {
    if (this.failure) return;
    if (this.pending === '') setTimeout(this.pass, WAIT_MS);
    this.pending += `${JSON.stringify(value)}\n`;
    if (this.pending.length >= CHUNK_CHARS) this.pass();
  }

  /** Hands the lines on to the file. */
  private readonly pass = (): void => {
    const { pending } = this;
    this.pending = '';
    if (pending !== '' && !this.failure) this.stream().write(pending);
  };

  /** Resolves when everything written so far has left this process. */
  flush(): Promise<void> {
    this.pass();
    return new Promise((resolve) => void this.stream().write('', () => resolve()));
  }

  /** Throws RunFolderError when something could not be written. */
  async close(): Promise<void> {
    this.pass();
    const { opened } = this;
    if (!opened) return;
    opened.end();
    if (!opened.closed) await once(opened, 'close').catch(() => undefined);
    if (this.failure) throw this.failure;
  }

  private stream(): WriteStream {
    if (this.opened) return this.opened;
    const stream = createWriteStream(this.path, { flags: 'a' });
    stream.on('error', (error) => {
      if (this.failure) return;
      this.failure = new RunFolderError(`run folder: ${error.message}`, { cause: error });
      this.onError(this.failure);
    });
    this.opened = stream;
    return stream;
  }
}
