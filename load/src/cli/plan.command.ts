import Table from 'cli-table3';
import { PLAIN } from './table-style.js';
import { totalMs } from '../engine/timeline.js';
import { formatDuration } from '../report/section-summary.js';
import { neededFor, resolveRun } from '../resolve-run.js';
import type { RunSource } from '../resolve-run.js';
import type { Terminal } from './program.js';

/** `load plan`: the schedule and the data a plan needs, without touching any system. */
export function planCommand(options: RunSource, terminal: Terminal): void {
  const run = resolveRun(options);
  const schedule = new Table({
    style: PLAIN,
    head: ['step', 'phase', 'from', 'to', 'level, %', ...run.operations.map((o) => o.operation)],
  });
  for (const phase of run.phases) {
    const counts = run.operations.map(({ byStep }) => {
      const step = byStep[phase.step] ?? {};
      return phase.kind === 'ramp' ? (step['ramp'] ?? 0) : (step['settle'] ?? 0) + (step['hold'] ?? 0);
    });
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
    `plan ${run.plan.name}, profile ${run.profile.name}, seed ${run.seed}, ${formatDuration(totalMs(run.phases))} of load`,
    schedule.toString(),
    'data:',
    `  signers with a certificate: ${data.signers} (places ${data.signersFrom}…${data.signersFrom + data.signers - 1})`,
    `  new employees for issue-unep: ${need('issue-unep')}`,
    `  unsigned documents for sign-unep: ${need('sign-unep')}`,
    `  files uploaded: ${need('send-document') + need('send-lna') + need('application-unep') + 1}, ${data.pdfKilobytes} KB each`,
    '',
  ];
  terminal.out.write(lines.join('\n'));
}
