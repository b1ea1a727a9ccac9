import { PART_KINDS, partOf, type PartKey, type PartKind } from '../tracing/part.js';
import type { StepParts } from '../tracing/trace-summary.js';
import { html, table, type Markup } from './markup.js';
import type { ReportView } from './report-view.js';
import { TRACE_WORDS } from './section-trace.texts.js';

/** Colours of the parts; outer systems take turns of one hue. */
export const PART_COLOURS: Readonly<Record<PartKind, string>> = {
  hrlink: 'var(--c1)',
  database: 'var(--c5)',
  external: 'var(--c4)',
  injected: 'var(--c3)',
  wait: 'var(--c2)',
  otp: 'var(--warn)',
  client: 'var(--mute)',
};

/** Names of outer systems as the reader knows them. */
const SYSTEMS: Readonly<Record<string, string>> = {
  'poligon-load': 'НТ / load',
  'hrlink-reference': 'HRLink',
  'sms-gateway-stub': 'SMS',
  'ca-unep-emulator': 'УЦ / CA',
  'esia-stub': 'ЕСИА / ESIA',
  '1c-emulator': '1С / 1C',
};

export function systemName(service: string): string {
  return SYSTEMS[service] ?? service;
}

/** Name of a part with its outer system. */
export function partName(view: ReportView, key: PartKey): string {
  const { kind, service } = partOf(key);
  const words = TRACE_WORDS[view.texts.language];
  if (service === undefined) return words.parts[kind];
  return kind === 'injected' ? words.injectedInto(systemName(service)) : systemName(service);
}

/** Parts in the order of the bars: by kind, within a kind by size. */
export function ordered(parts: Readonly<Record<PartKey, number>>): [PartKey, number][] {
  const rank = (key: PartKey) => PART_KINDS.indexOf(partOf(key).kind);
  return Object.entries(parts).sort((left, right) => rank(left[0]) - rank(right[0]) || right[1] - left[1]);
}

/** Judged parts of the steps; all stages when no hold was reached. */
export function shownSteps(steps: readonly StepParts[]): readonly StepParts[] {
  const held = steps.filter(({ stage }) => stage === 'hold');
  return held.length > 0 ? held : steps;
}

/** One stacked bar per operation and step, a legend, and the figures as a table. */
export function traceBars(view: ReportView, all: readonly StepParts[]): Markup {
  const words = TRACE_WORDS[view.texts.language];
  const steps = shownSteps(all);
  const longest = Math.max(...steps.map(({ meanMs }) => meanMs));
  const kinds = PART_KINDS.filter((kind) =>
    steps.some(({ parts }) => Object.keys(parts).some((key) => partOf(key).kind === kind)),
  );
  return html`<h3>${words.barsHeading}</h3>
    <p class="trace-legend">
      ${kinds.map((kind) => html`<span><i style="background:${PART_COLOURS[kind]}"></i>${words.parts[kind]}</span>`)}
    </p>
    ${steps.map((step) => bar(view, step, longest))}
    <p class="note">${words.barsNote}</p>
    ${table(
      words.partColumns,
      steps.flatMap((step) => rowsOf(view, step)),
    )}`;
}

function bar(view: ReportView, step: StepParts, longest: number): Markup {
  const words = TRACE_WORDS[view.texts.language];
  const { integer } = view.numbers;
  const segments = ordered(step.parts).map(([key, ms]) => {
    const width = ((ms / longest) * 100).toFixed(2);
    const label = `${partName(view, key)}: ${integer(ms)}`;
    return html`<i style="width:${width}%;background:${PART_COLOURS[partOf(key).kind]}" title="${label}"></i>`;
  });
  return html`<div class="trace-bar">
    <b>${view.title(step.operation)}</b>
    <span class="sub">${words.bar(step.step, integer(step.count), integer(step.meanMs))}</span>
    <div>${segments}</div>
  </div>`;
}

function rowsOf(view: ReportView, step: StepParts) {
  const { integer, decimal } = view.numbers;
  return ordered(step.parts).map(([key, ms], at) => ({
    cells: [
      { text: at === 0 ? view.title(step.operation) : '' },
      { text: at === 0 ? String(step.step) : '', kind: 'number' as const },
      { text: partName(view, key) },
      { text: integer(ms), kind: 'number' as const },
      { text: decimal((ms / step.meanMs) * 100), kind: 'number' as const },
      { text: integer(step.slowest[key] ?? 0), kind: 'number' as const },
    ],
  }));
}
