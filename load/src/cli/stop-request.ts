import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file, not a signal: the run may go on in another container that shares nothing but the folder. */
const NAME = 'stop.request';
const LOOK_EVERY_MS = 500;

export function requestStop(folder: string): void {
  writeFileSync(join(folder, NAME), '');
}

/** Takes a request back that is not meant for the life that begins now. */
export function forgetStopRequest(folder: string): void {
  rmSync(join(folder, NAME), { force: true });
}

/** Calls `onRequest` once when somebody asks the run of the folder to stop; gives what ends the watch. */
export function watchStopRequest(folder: string, onRequest: () => void): () => void {
  forgetStopRequest(folder);
  const timer = setInterval(() => {
    if (!existsSync(join(folder, NAME))) return;
    clearInterval(timer);
    onRequest();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
