import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { hash32 } from '../engine/random.js';

const MAX_SAMPLES = 20;
const ZIP_SIGNATURE = 'PK';

/** What became of the sample of real signatures. */
export interface SignatureSamples {
  signed: number;
  asked: number;
  /** Archives that came and were zip files. */
  taken: number;
  notAvailable: number;
}

/**
 * Asks HRLink for the archives of a share of the documents signed under load, after the load. A system that does not
 * give them is counted, not blamed: the archive's path is not confirmed (spec hrlink.md 2.6).
 */
export async function takeSignatureSamples(
  hr: HrlinkCaller,
  documentIds: readonly string[],
  share: number,
): Promise<SignatureSamples> {
  const chosen = documentIds.filter((id) => hash32(id) / 0x1_0000_0000 < share).slice(0, MAX_SAMPLES);
  const samples: SignatureSamples = { signed: documentIds.length, asked: chosen.length, taken: 0, notAvailable: 0 };
  for (const id of chosen) {
    try {
      const { raw } = await hr.call('document.archive', { path: { id } });
      if (raw.start.startsWith(ZIP_SIGNATURE)) samples.taken += 1;
      else samples.notAvailable += 1;
    } catch {
      samples.notAvailable += 1;
    }
  }
  return samples;
}
