import { ConfigError } from '../profiles/read-yaml-file.js';
import type { RunFiles } from '../run-folder/run-files.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { VerdictWord } from '../verdict/verdict.js';

/** A finished run as it is read for a comparison. */
export interface RunSide {
  folder: RunFolder;
  record: RunFiles['run.json'];
  planned: RunFiles['plan.json'];
  verdict: RunFiles['verdict.json'];
  holds: RunFiles['observations.json'];
  search?: RunFiles['search.json'];
}

/** Throws ConfigError when the folder holds no finished run. */
export function readSide(folder: RunFolder): RunSide {
  for (const name of ['run.json', 'plan.json', 'verdict.json', 'observations.json', 'samples.ndjson']) {
    if (!folder.has(name)) throw new ConfigError(`${folder.path}: not a finished run folder, ${name} is missing`);
  }
  return {
    folder,
    record: folder.read('run.json'),
    planned: folder.read('plan.json'),
    verdict: folder.read('verdict.json'),
    holds: folder.read('observations.json'),
    search: folder.has('search.json') ? folder.read('search.json') : undefined,
  };
}

/** The longest hold of every level, lowest level first: a confirmation says more than the step it confirms. */
export function byLevel(holds: readonly HoldObservation[]): [number, HoldObservation][] {
  const longest = new Map<number, HoldObservation>();
  for (const hold of holds) {
    if (hold.judgedMs > (longest.get(hold.levelPercent)?.judgedMs ?? 0)) longest.set(hold.levelPercent, hold);
  }
  return [...longest].sort(([a], [b]) => a - b);
}

/** Verdict of one hold. */
export function wordOf({ verdict }: RunSide, { step }: HoldObservation): VerdictWord {
  return verdict.holds.find((hold) => hold.step === step)?.word ?? 'insufficient';
}
