import Table from 'cli-table3';
import { PLAIN } from './table-style.js';
import { plannedByStage } from '../engine/arrivals.js';
import { totalMs } from '../engine/timeline.js';
import { readSigners, signersFileOf } from '../feeders/signers-file.js';
import { formatDuration } from '../report/section-summary.js';
import { neededFor, resolveRun } from '../resolve-run.js';
import type { ResolvedRun } from '../resolve-run.js';
import type { PlanChoice } from './arguments.js';
import { sourceOf } from './arguments.js';
import type { Terminal } from './program.js';

/** `load plan`: the schedule and the data a plan needs, without touching any system. */
export function planCommand(options: PlanChoice, terminal: Terminal): void {
  const run = resolveRun(sourceOf(options));
  const schedule = new Table({
    style: PLAIN,
    head: ['step', 'phase', 'from', 'to', 'level, %', ...run.operations.map((o) => o.operation)],
  });
  for (const phase of run.forecast) {
    const counts = run.operations.map((rate) =>
      Object.values(plannedByStage(run.seed, rate, phase)).reduce((sum, count) => sum + count, 0),
    );
    schedule.push([
      phase.step,
      phase.kind,
      formatDuration(phase.startMs),
      formatDuration(phase.startMs + phase.durationMs),
      phase.fromPercent === phase.toPercent ? `${phase.toPercent}` : `${phase.fromPercent} → ${phase.toPercent}`,
      ...counts,
    ]);
  }
  const { data } = run.profile;
  const need = (operation: string) => neededFor(run, operation);
  const lines = [
    `plan ${run.plan.name}, profile ${run.profile.name}, seed ${run.seed}, ${formatDuration(totalMs(run.forecast))} of load`,
    ...remarks(run),
    schedule.toString(),
    'data:',
    ...signersLine(run),
    `  new employees for issue-unep: ${need('issue-unep')}`,
    `  unsigned documents for sign-unep: ${need('sign-unep')}`,
    `  files uploaded: ${need('send-document') + need('send-lna') + need('application-unep') + 1}${run.feeds.files ? '' : `, ${data.pdfKilobytes} KB each`}`,
    ...feedLines(run),
    '',
  ];
  terminal.out.write(lines.join('\n'));
}

function signersLine({ profile: { data }, population }: ResolvedRun): string[] {
  const { signers, signersFrom } = data;
  if (!signersFileOf(data)) {
    return [`  signers with a certificate: ${signers} (places ${signersFrom}…${signersFrom + signers - 1})`];
  }
  return [`  signers with a certificate: ${readSigners(data, population).length} of a file`];
}

/** What comes from files. */
function feedLines({ feeds }: ResolvedRun): string[] {
  const drawn = [feeds.recipients, feeds.documentTypes, feeds.files].flatMap((feed) => feed ?? []);
  const lines = drawn.map(({ data, size }) => `  ${data.name}: ${size} of a file or folder, ${data.strategy}`);
  return feeds.legalEntities ? [...lines, `  legalEntities: ${feeds.legalEntities.length} of a file`] : lines;
}

/** What the schedule alone does not tell. */
function remarks({ plan, reliability, timeScale }: ResolvedRun): string[] {
  const lines = timeScale === 1 ? [] : [`times are multiplied by ${timeScale.toFixed(4)}: a rehearsal`];
  if (plan.search) {
    lines.push('the steps end at the first hold that breaks its criteria; the last one confirms the maximum found');
    lines.push('when the first step fails, the steps go down instead');
  }
  if (reliability) {
    const { levelPercent, lmaxPercent, kind } = reliability;
    const share = Math.round((levelPercent / lmaxPercent) * 100);
    lines.push(`level ${levelPercent} %, ${share} % of the maximum of ${lmaxPercent} % (${kind})`);
  }
  return lines;
}
