import { cpSync, existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { asked } from '../telemetry/database-work.js';
import { Database, DatabaseError, type Row, type Session, type Statement } from './database.js';
import { projectRoot } from './migration-folder.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
// The type is what brings the worker's file into the build: nothing else imports it.
import type { Request } from './pglite-worker.js';

interface Answer {
  readonly id: number;
  readonly rows?: unknown;
  readonly error?: { readonly message?: string; readonly code?: string };
}

interface Pending {
  readonly resolve: (rows: unknown) => void;
  readonly reject: (failure: DatabaseError) => void;
}

/** Id of the message with which the engine says that it is open. */
const OPENING = 0;

/**
 * PostgreSQL compiled into this process, in a thread of its own; the data is a folder, or memory when none is named. What is acknowledged
 * survives the death of the process; the engine does not force writes to the disk, so it may not survive the death of the machine.
 */
export class PgliteDatabase extends Database {
  readonly engine = 'pglite';
  readonly isShared = false;
  private readonly pending = new Map<number, Pending>();
  private lastId = OPENING;
  private lastSession: Promise<unknown> = Promise.resolve();
  private failure: DatabaseError | undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly lock: FolderLock | undefined,
  ) {
    super();
    worker.on('message', (answer: Answer) => this.settle(answer));
    worker.on('error', (failure) => this.die(DatabaseError.from(failure)));
    worker.on('exit', () => this.die(DatabaseError.from(new Error('the embedded database has stopped'))));
  }

  /** Opens the folder, made when it is not there. @throws DatabaseError when it cannot be opened or is in use */
  static async open(folder?: string): Promise<PgliteDatabase> {
    const lock = folder === undefined ? undefined : await lockFolder(folder);
    if (folder !== undefined) copyTemplate(folder);
    const source = new URL(`./pglite-worker${extname(import.meta.url)}`, import.meta.url);
    const database = new PgliteDatabase(new Worker(source, { workerData: { folder } }), lock);
    try {
      await database.expect(OPENING);
    } catch (failure) {
      await database.worker.terminate();
      lock?.release();
      throw failure;
    }
    return database;
  }

  get isUp(): boolean {
    return this.failure === undefined;
  }

  async query<R extends Row = Row>({ text, values }: Statement): Promise<readonly R[]> {
    return (await asked(text, () => this.ask({ kind: 'query', statement: { text, values } }))) as R[];
  }

  async transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    const plain = statements.map(({ text, values }) => ({ text, values }));
    return (await asked(statements[0]?.text ?? 'BEGIN', () =>
      this.ask({ kind: 'transaction', statements: plain }),
    )) as Row[][];
  }

  /** There is one connection: sessions take turns, and a statement outside of them may come in between. */
  session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const turn = this.lastSession.then(() =>
      work({
        query: (statement) => this.query(statement),
        script: async (sql) => void (await this.ask({ kind: 'script', sql })),
      }),
    );
    this.lastSession = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    if (this.failure !== undefined) return;
    const gone = new Promise<void>((resolve) => void this.worker.once('exit', () => resolve()));
    await this.ask({ kind: 'close' });
    await this.worker.terminate();
    await gone;
    this.lock?.release();
  }

  private ask(request: Request): Promise<unknown> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.lastId += 1;
    const answered = this.expect(this.lastId);
    this.worker.postMessage({ id: this.lastId, ...request });
    return answered;
  }

  private expect(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }));
  }

  private settle({ id, rows, error }: Answer): void {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    if (error === undefined) waiting?.resolve(rows);
    else waiting?.reject(DatabaseError.from(error));
  }

  private die(failure: DatabaseError): void {
    this.failure ??= failure;
    for (const { reject } of this.pending.values()) reject(this.failure);
    this.pending.clear();
  }
}

/** The engine needs seconds to make a data folder of its own; a build has one ready. */
function copyTemplate(folder: string): void {
  const template = join(projectRoot(), 'dist', 'state-template');
  if (existsSync(join(folder, 'PG_VERSION')) || !existsSync(join(template, 'PG_VERSION'))) return;
  cpSync(template, folder, { recursive: true });
}
