import type { RunFolder } from '../run-folder/run-folder.js';
import type { EmbeddedTracing } from './embedded-tracing.js';

/** Ends the collecting of traces and leaves what was found in the run folder: `traces.json`, and `stitching.ndjson` when spans had to be matched. */
export async function writeTraces(
  folder: RunFolder,
  traces: EmbeddedTracing | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (traces === undefined) return;
  folder.write('traces.json', await traces.finish(signal));
  if (traces.decisions.length === 0) return;
  folder.writeText('stitching.ndjson', traces.decisions.map((decision) => `${JSON.stringify(decision)}\n`).join(''));
}
