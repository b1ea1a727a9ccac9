import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseError } from './database.js';

/** A folder that this process alone may write. */
export interface FolderLock {
  release(): void;
}

/**
 * Makes the folder and locks it. The lock is a local socket that the operating system closes with the process, however it dies, so nothing is
 * ever left behind to be cleaned up by hand.
 * @throws DatabaseError when another process holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (failure) {
    throw DatabaseError.from(failure);
  }
  const address = addressOf(realpathSync(folder));
  const server = (await held(address)) ?? (await heldAfterStale(address));
  if (server === undefined) throw DatabaseError.from(new Error(`folder ${folder} is in use by another process`));
  return { release: () => void server.close() };
}

function addressOf(path: string): string {
  const name = `poligon-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** Undefined when the address is taken. */
function held(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (failure: NodeJS.ErrnoException) => {
      if (failure.code === 'EADDRINUSE') resolve(undefined);
      else reject(DatabaseError.from(failure));
    });
    server.listen(address, () => resolve(server));
  });
}

/** Where sockets are files, one of a dead process stays; nobody answers on it. */
async function heldAfterStale(address: string): Promise<Server | undefined> {
  if (process.platform === 'linux' || process.platform === 'win32' || (await isAnswered(address))) return undefined;
  unlinkSync(address);
  return held(address);
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
