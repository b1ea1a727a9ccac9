/**
 * The embedded engine in a thread of its own: a statement takes milliseconds of computing, which must not hold up the protocol's event loop.
 * This file stands alone (no relative imports), because tests run it straight from its source.
 */
import { PGlite, types } from '@electric-sql/pglite';
import { parentPort, workerData } from 'node:worker_threads';

interface Asked {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** What the engine is asked to do. */
export type Request =
  | { readonly kind: 'query'; readonly statement: Asked }
  | { readonly kind: 'transaction'; readonly statements: readonly Asked[] }
  | { readonly kind: 'script'; readonly sql: string }
  | { readonly kind: 'close' };

/** Rows written between two checkpoints: the engine makes none by itself, and its log would grow without end. */
const STATEMENTS_PER_CHECKPOINT = 2000;

const port = parentPort!;
const { folder } = workerData as { readonly folder?: string };
const options = { parsers: { [types.JSON]: (text: string) => text, [types.INT8]: Number } };
const small = ['shared_buffers=16MB', 'wal_buffers=1MB', 'max_wal_size=64MB', 'min_wal_size=8MB', 'max_connections=5'];
const opening = PGlite.create({
  ...(folder === undefined ? {} : { dataDir: folder }),
  initDbStartParams: ['--wal-segsize=1'],
  startParams: [...PGlite.defaultStartParams, ...small.flatMap((pair) => ['-c', pair])],
});
let sinceCheckpoint = 0;

async function answer(request: Request): Promise<unknown> {
  const db = await opening;
  switch (request.kind) {
    case 'query':
      return (await db.query(request.statement.text, [...(request.statement.values ?? [])], options)).rows;
    case 'transaction':
      return db.transaction(async (transaction) => {
        const rows: unknown[] = [];
        for (const { text, values } of request.statements)
          rows.push((await transaction.query(text, [...(values ?? [])], options)).rows);
        return rows;
      });
    case 'script':
      await db.exec(request.sql);
      return undefined;
    case 'close':
      await db.close();
      return undefined;
  }
}

async function checkpoint(): Promise<void> {
  sinceCheckpoint += 1;
  if (sinceCheckpoint < STATEMENTS_PER_CHECKPOINT) return;
  sinceCheckpoint = 0;
  await (await opening).exec('CHECKPOINT');
}

port.on('message', (request: Request & { readonly id: number }) => {
  answer(request).then(
    (rows) => {
      port.postMessage({ id: request.id, rows });
      if (request.kind === 'close') port.close();
      else checkpoint().catch(() => undefined);
    },
    (failure: { message?: string; code?: string }) => {
      port.postMessage({ id: request.id, error: { message: failure.message, code: failure.code } });
    },
  );
});

opening.then(
  () => port.postMessage({ id: 0 }),
  (failure: Error) => port.postMessage({ id: 0, error: { message: failure.message } }),
);
