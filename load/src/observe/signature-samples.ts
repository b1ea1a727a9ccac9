import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { hash32 } from '../engine/random.js';
import { checkArchive } from './signed-archive.js';

const MAX_SAMPLES = 20;

/** What became of the sample of real signatures. */
export interface SignatureSamples {
  signed: number;
  asked: number;
  /** Archives that came. */
  taken: number;
  notAvailable: number;
  /** Signatures in those archives that verify over their document, and those that do not. */
  valid: number;
  invalid: number;
  /** Why the first invalid one was refused. */
  firstRefusal?: string;
}

/**
 * Asks HRLink for the archives of a share of the documents signed under load, after the load, and verifies every
 * signature in them. A system that does not give archives is counted, not blamed: the archive's path is not confirmed
 * (spec hrlink.md 2.6).
 */
export async function takeSignatureSamples(
  hr: HrlinkCaller,
  documentIds: readonly string[],
  share: number,
): Promise<SignatureSamples> {
  const chosen = documentIds.filter((id) => hash32(id) / 0x1_0000_0000 < share).slice(0, MAX_SAMPLES);
  const asked = chosen.length;
  const samples: SignatureSamples = {
    signed: documentIds.length,
    asked,
    taken: 0,
    notAvailable: 0,
    valid: 0,
    invalid: 0,
  };
  for (const id of chosen) {
    const file = await archiveOf(hr, id);
    if (!file) {
      samples.notAvailable += 1;
      continue;
    }
    samples.taken += 1;
    const { valid, refusals } = checkArchive(file);
    samples.valid += valid;
    samples.invalid += refusals.length;
    samples.firstRefusal ??= refusals[0];
  }
  return samples;
}

async function archiveOf(hr: HrlinkCaller, id: string): Promise<Buffer | undefined> {
  try {
    return (await hr.call('document.archive', { path: { id } })).raw.file;
  } catch {
    return undefined;
  }
}
