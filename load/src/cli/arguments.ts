import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';
import type { AdminDoor } from '../observe/admin-door.js';
import type { BelowTarget } from '../profiles/reliability-level.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { parseTimeScale } from '../profiles/time-scale.js';
import type { RunSource } from '../resolve-run.js';
import { RunFolder } from '../run-folder/run-folder.js';

/** Options that choose a plan, as the command line gives them. */
export interface PlanChoice {
  plan: string;
  profile?: string;
  seed?: string;
  timeScale?: number;
  lmax?: number;
  after?: string;
  belowTarget?: BelowTarget;
}

/** The plan options as the run takes them. Throws ConfigError when `--after` names no finished search. */
export function sourceOf({ plan, profile, seed, timeScale, lmax, after, belowTarget }: PlanChoice): RunSource {
  const lmaxPercent = lmax ?? (after === undefined ? undefined : foundBy(after));
  return { plan, profile, seed, timeScale, lmaxPercent, belowTarget };
}

function foundBy(path: string): number {
  const folder = new RunFolder(path);
  const lmaxPercent = folder.has('search.json') ? folder.read('search.json').lmaxPercent : undefined;
  if (lmaxPercent === undefined) throw new ConfigError(`--after: ${path}: no maximum was found there`);
  return lmaxPercent;
}

export function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('must be an http(s) address.');
  }
  return text.replace(/\/$/, '');
}

/** `9464` or `0.0.0.0:9464`; without a host only this machine can ask. Throws ConfigError. */
export function doorAddress(text: string): { host: string; port: number } {
  const [, host = '127.0.0.1', digits = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535)
    throw new ConfigError(`LOAD_METRICS: must be [host:]port, got ${JSON.stringify(text)}`);
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

export function door(text: string, doors: AdminDoor[]): AdminDoor[] {
  const [, name, url] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (!name || !url) throw new InvalidArgumentError('must look like sms=http://127.0.0.1:9103.');
  return [...doors, { name, url: webAddress(url) }];
}

export function timeScale(text: string): number {
  const scale = parseTimeScale(text);
  if (scale === undefined) throw new InvalidArgumentError('must be above 0 and at most 1, e.g. 1/60 or 0.05.');
  return scale;
}

export function percent(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10_000)) throw new InvalidArgumentError('must be a percentage above 0.');
  return value;
}

export function brokers(text: string): string[] {
  const all = text.split(',').map((each) => each.trim());
  if (!all.every((each) => /^[\w.-]+:\d{1,5}$/.test(each))) throw new InvalidArgumentError('must look like host:9092.');
  return all;
}

/** `3`, or `auto`: one per core that is left beside the coordinator. */
export function workerCount(text: string): number {
  const count = text === 'auto' ? Math.max(1, availableParallelism() - 1) : Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100) throw new InvalidArgumentError('must be from 1 to 100.');
  return count;
}
