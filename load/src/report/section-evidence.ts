import type { CallSummary } from '../hrlink/call-meter.js';
import type { Markup } from './markup.js';
import { html, table } from './markup.js';
import type { ReportView } from './report-view.js';
import { formatDuration } from './section-summary.js';

/** Errors grouped by cause. */
export function errorsSection(view: ReportView): Markup {
  const { model, texts, numbers } = view;
  const rows = model.errors.map((row) => ({
    cells: [
      { text: view.title(row.operation) },
      { text: row.cause, kind: 'code' as const },
      { text: numbers.integer(row.count), kind: 'number' as const },
      { text: numbers.integer(row.onHold), kind: 'number' as const },
      { text: row.exampleTraceId ?? '–', kind: 'code' as const },
    ],
  }));
  const body = rows.length > 0 ? table(texts.columns.errors, rows) : html`<p>${texts.notes.noErrors}</p>`;
  return html`<section>
    <h2>${texts.sections.errors}</h2>
    ${body}
  </section>`;
}

/** Every HTTP call of the load by operation of the path profile. */
export function callsSection(view: ReportView): Markup {
  const { model, texts, numbers } = view;
  const calls = [...model.calls.load].sort((a, b) => b.count - a.count);
  const rows = calls.map((call) => ({
    cells: [
      { text: call.operation, kind: 'name' as const },
      { text: `[${call.evidence}]` },
      { text: numbers.integer(call.count), kind: 'number' as const },
      ...[call.p50Ms, call.p95Ms, call.p99Ms].map((ms) => ({ text: numbers.decimal(ms), kind: 'number' as const })),
      { text: numbers.integer(call.errors), kind: 'number' as const, isBad: call.errors > 0 },
      { text: statusList(call) },
    ],
  }));
  return html`<section>
    <h2>${texts.sections.calls}</h2>
    ${table(texts.columns.calls, rows)}
    <p class="note">${texts.notes.calls}</p>
  </section>`;
}

function statusList(call: CallSummary): string {
  const entries = Object.entries(call.statuses).sort(([a], [b]) => a.localeCompare(b));
  return entries.map(([status, count]) => `${status}: ${count}`).join(', ');
}

/** What 1C did in the background. */
export function onecSection(view: ReportView): Markup {
  const { model, texts, numbers } = view;
  const { onec } = model.annotations;
  const rows = onec.jobs.map((job) => ({
    cells: [
      { text: job.name },
      { text: numbers.integer(job.runs), kind: 'number' as const },
      { text: numbers.integer(job.failed), kind: 'number' as const, isBad: job.failed > 0 },
    ],
  }));
  let body = rows.length > 0 ? table(texts.columns.onec, rows) : undefined;
  if (!onec.configured) body = html`<p>${texts.notes.onecAbsent}</p>`;
  else if (onec.error !== undefined) body = html`<p>${texts.notes.onecFailed(onec.error)}</p>`;
  return html`<section>
    <h2>${texts.sections.onec}</h2>
    ${body}
  </section>`;
}

/** Preparation, faults that were on, contract notes, how to repeat. */
export function conditionsSection(view: ReportView): Markup {
  const { model, texts, numbers } = view;
  const prepare = model.record.prepare.map((step) => ({
    cells: [
      { text: texts.prepareSteps[step.name] },
      { text: numbers.integer(step.total), kind: 'number' as const },
      { text: numbers.integer(step.made), kind: 'number' as const },
      { text: numbers.decimal(step.durationMs / 1000), kind: 'number' as const },
    ],
  }));
  const { signatures, target } = model.record;
  const sampled = signatures && texts.notes.signatures(signatures);
  const { plan, seed } = model.planned;
  const command = `npm run load -- run --plan ${plan.name} --profile profile.yaml --seed ${seed} --hrlink ${target} --sms-admin … --token …`;
  return html`<section>
    <h2>${texts.sections.conditions}</h2>
    <h3>${texts.prepareHeading}</h3>
    ${table(texts.columns.prepare, prepare)}
    <h3>${texts.faultsHeading}</h3>
    ${faults(view)}
    <h3>${texts.contractHeading}</h3>
    <p>${contract(view)}</p>
    ${sampled ? html`<p>${sampled}</p>` : undefined}
    <h3>${texts.repeatHeading}</h3>
    <pre>${command}</pre>
    <p class="note">
      ${formatDuration((model.record.finishedAt ?? 0) - model.record.createdAt)} · runs/${model.record.id}
    </p>
  </section>`;
}

function faults(view: ReportView): Markup {
  const { model, texts } = view;
  const rows = model.annotations.faults.flatMap((annotation) => {
    const where = [{ text: annotation.service }, { text: texts.moments[annotation.moment] }];
    if (!annotation.rules)
      return [
        { cells: [...where, { text: texts.notes.doorFailed(annotation.error ?? '') }, { text: '' }, { text: '' }] },
      ];
    if (annotation.rules.length === 0)
      return [{ cells: [...where, { text: texts.notes.noFaults }, { text: '' }, { text: '' }] }];
    return annotation.rules.map((rule) => ({
      cells: [
        ...where,
        { text: rule.note ? `${rule.id} (${rule.note})` : rule.id },
        { text: rule.fault, kind: 'code' as const },
        { text: rule.operations.join(', '), kind: 'code' as const },
      ],
    }));
  });
  return table(texts.columns.faults, rows);
}

function contract(view: ReportView): string {
  const { model, texts } = view;
  const guessed = model.calls.load.filter((call) => call.evidence === 'G').map((call) => call.operation);
  return guessed.length > 0 ? texts.notes.unconfirmed(guessed.sort().join(', ')) : texts.notes.allConfirmed;
}
