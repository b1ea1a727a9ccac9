import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { COMPONENTS, type Addresses } from './components.js';

const address = z.object({ protocolUrl: z.string(), adminUrl: z.string() });
const schema = z.object({
  pid: z.number().int(),
  children: z.array(z.number().int()),
  apiToken: z.string(),
  traces: z.string().optional(),
  addresses: z.object(Object.fromEntries(COMPONENTS.map(({ name }) => [name, address]))),
});

/** What others need to know of a running stand. */
export interface StandDescriptor {
  readonly pid: number;
  /** Process ids of the services. */
  readonly children: readonly number[];
  readonly apiToken: string;
  /** `host:port` at which a load run takes the spans of the services. */
  readonly traces?: string | undefined;
  readonly addresses: Addresses;
}

const fileIn = (folder: string): string => join(folder, 'stand.json');

/** Leaves word of a running stand. */
export function writeDescriptor(folder: string, descriptor: StandDescriptor): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileIn(folder), `${JSON.stringify(descriptor, null, 2)}\n`, { mode: 0o600 });
}

export function removeDescriptor(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/** The stand that runs now, or undefined; a descriptor left by a dead process counts as none. */
export function runningStand(folder: string): StandDescriptor | undefined {
  try {
    const found = schema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8'))) as unknown as StandDescriptor;
    process.kill(found.pid, 0);
    return found;
  } catch {
    return undefined;
  }
}
