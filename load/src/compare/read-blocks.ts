import type { Sample } from '../engine/sample.js';
import { ndjsonLines } from '../report/ndjson-lines.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { HoldObservation } from '../verdict/observation.js';
import { TimeBlock } from './time-block.js';

/** Stretches a hold is divided into: enough for a spread, long enough to be alike. */
const BLOCKS = 20;

/** Blocks by step and operation. */
export type HoldBlocks = Map<number, Map<string, TimeBlock[]>>;

/** Reads the judged parts of the holds in one pass; memory does not grow with the length of the run. */
export async function readBlocks(folder: RunFolder, holds: readonly HoldObservation[]): Promise<HoldBlocks> {
  const spans = new Map(
    holds.map(({ step, finishedAt, judgedMs }) => [step, { from: finishedAt - judgedMs, judgedMs }]),
  );
  const all: HoldBlocks = new Map(holds.map(({ step }) => [step, new Map<string, TimeBlock[]>()]));
  for await (const sample of ndjsonLines<Sample>(folder.file('samples.ndjson'))) {
    const span = spans.get(sample.step);
    const byOperation = all.get(sample.step);
    if (!span || !byOperation || sample.stage !== 'hold') continue;
    const at = Math.floor(((sample.planned - span.from) / span.judgedMs) * BLOCKS);
    const block = blocksOf(byOperation, sample.operation)[Math.min(Math.max(at, 0), BLOCKS - 1)] as TimeBlock;
    count(block, sample);
  }
  return all;
}

function count(block: TimeBlock, { outcome, planned, completed }: Sample): void {
  block.planned += 1;
  if (outcome === 'failed') block.failed += 1;
  else if (outcome === 'ok' && completed !== undefined) block.add(completed - planned);
}

function blocksOf(byOperation: Map<string, TimeBlock[]>, operation: string): TimeBlock[] {
  let blocks = byOperation.get(operation);
  if (!blocks) {
    blocks = Array.from({ length: BLOCKS }, () => new TimeBlock());
    byOperation.set(operation, blocks);
  }
  return blocks;
}
