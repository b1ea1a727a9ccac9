import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Values of an NDJSON file one by one: a 12-hour run has millions. A torn last line, left by a kill, is skipped. */
export async function* ndjsonLines<T>(path: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const value = parseLine<T>(line);
    if (value !== undefined) yield value;
  }
}

function parseLine<T>(line: string): T | undefined {
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
