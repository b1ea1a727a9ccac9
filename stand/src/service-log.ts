import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** Colours of service names on a terminal, ANSI codes. */
const COLOURS = [36, 33, 35, 32, 34];

/** Writes lines of services to the terminal, each behind the service's name. */
export function terminalLog(stream: NodeJS.WriteStream): (service: string, line: string) => void {
  const seen = new Map<string, number>();
  return (service, line) => {
    if (!seen.has(service)) seen.set(service, COLOURS[seen.size % COLOURS.length]!);
    const name = service.padEnd(17);
    stream.write(stream.isTTY ? `\u001b[${seen.get(service)}m${name}\u001b[0m ${line}\n` : `${name} ${line}\n`);
  };
}

/** Writes lines of services to one file each. */
export function fileLog(folder: string): {
  readonly onLine: (service: string, line: string) => void;
  readonly close: () => void;
} {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  const open = (service: string) => {
    const file = files.get(service) ?? createWriteStream(join(folder, `${service}.log`));
    files.set(service, file);
    return file;
  };
  return {
    onLine: (service, line) => void open(service).write(`${line}\n`),
    close: () => files.forEach((file) => file.end()),
  };
}
