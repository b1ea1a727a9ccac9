import { sign, type KeyObject } from 'node:crypto';

/** `sign` of `node:crypto` on libuv's thread pool. */
export function signInThread(digest: string, data: Buffer, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign(digest, data, key, (failure, signature) => (failure === null ? resolve(signature) : reject(failure)));
  });
}
