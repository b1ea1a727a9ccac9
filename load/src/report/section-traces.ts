import { injectedMsOf, rulesOf } from '../tracing/trace-span.js';
import type { KeptTrace, TraceSummary } from '../tracing/trace-summary.js';
import { html, Markup, table, type TableCell } from './markup.js';
import type { ReportView } from './report-view.js';
import { systemName, traceBars } from './section-trace-bars.js';
import { ruleAnchor, traceAnchor, waterfall } from './section-trace-waterfall.js';
import { TRACE_WORDS, type TraceWords } from './section-trace.texts.js';

const SHOWN_EDGES = 40;

const STYLE = new Markup(`.trace-legend span{margin-right:16px;font-size:13px;white-space:nowrap}
.trace-legend i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:5px}
.trace-bar{margin:10px 0}.trace-bar div{display:flex;height:20px;border-radius:4px;overflow:hidden;background:var(--stripe);margin-top:3px}
.trace-bar i{display:block;min-width:1px}
details.trace{border-top:1px solid var(--line);padding:8px 0}details.trace summary{cursor:pointer}
details.trace svg{width:100%;height:auto}details.trace text{font-size:11px;fill:var(--ink)}details.trace text.ms{fill:var(--soft)}
details.trace a{fill:var(--bad)}`);

/** Where the time went: stacked critical paths, calls between systems, waterfalls of kept traces, faults and the spans they hit. */
export function tracesSection(view: ReportView): Markup | undefined {
  const { traces, record } = view.model;
  const words = TRACE_WORDS[view.texts.language];
  if (!traces) {
    const failure = record.traces?.failure;
    if (failure === undefined) return undefined;
    return frame(words, html`<p>${words.notCollected(failure)}</p>`);
  }
  if (traces.operations.total === 0) return frame(words, html`<p>${words.nothing}</p>`);
  const failure = record.traces?.failure;
  return frame(
    words,
    html`${failure === undefined ? undefined : html`<p>${words.notCollected(failure)}</p>`}
      <ul class="reasons">
        ${facts(view, traces).map((line) => html`<li>${line}</li>`)}
      </ul>
      ${traceBars(view, traces.steps)} ${edges(view, traces)} ${faults(view, traces.kept)} ${kept(view, traces.kept)}`,
  );
}

function frame(words: TraceWords, body: Markup): Markup {
  return html`<section id="traces">
    <style>
      ${STYLE}
    </style>
    <h2>${words.heading}</h2>
    ${body}
  </section>`;
}

function facts(view: ReportView, { operations, stitching, intake }: TraceSummary): string[] {
  const words = TRACE_WORDS[view.texts.language];
  const { integer, decimal } = view.numbers;
  const { total, complete, maxSumErrorPercent, maxSkewMs } = operations;
  const lines = [
    words.complete(integer(complete), integer(total), decimal((complete / total) * 100)),
    words.sums(decimal(maxSumErrorPercent)),
    words.skew(decimal(maxSkewMs)),
  ];
  const { groups, sole, likely, ambiguous, unknown } = stitching;
  if (groups > 0) lines.push(words.stitched(integer(sole + likely), integer(ambiguous + unknown), integer(groups)));
  const lost = intake.lateSpans + intake.evictedSpans + intake.rejectedSpans;
  if (lost > 0) lines.push(words.lost(integer(lost)));
  return lines;
}

function edges(view: ReportView, { edges: all }: TraceSummary): Markup {
  const words = TRACE_WORDS[view.texts.language];
  const { integer, decimal } = view.numbers;
  const number = (text: string, isBad = false): TableCell => ({ text, kind: 'number', isBad });
  const rows = all
    .filter(({ from, to }) => from !== to)
    .slice(0, SHOWN_EDGES)
    .map((edge) => ({
      cells: [
        { text: systemName(edge.from) },
        { text: systemName(edge.to) },
        { text: edge.name, kind: 'code' as const },
        number(integer(edge.count)),
        number(integer(edge.errors), edge.errors > 0),
        ...[edge.meanMs, edge.p50Ms, edge.p95Ms, edge.maxMs].map((ms) => number(decimal(ms))),
        number(decimal(edge.betweenMs)),
        number(decimal(edge.injectedMs)),
      ],
    }));
  return html`<h3>${words.edgesHeading}</h3>
    ${table(words.edgeColumns, rows)}`;
}

interface RuleHits {
  readonly rule: string;
  readonly service: string;
  readonly name: string;
  spans: number;
  injectedMs: number;
  readonly traces: Set<KeptTrace>;
}

/** Rules that acted in kept traces, with links to the traces and from their spans. */
function faults(view: ReportView, traces: readonly KeptTrace[]): Markup | undefined {
  const words = TRACE_WORDS[view.texts.language];
  const hits = new Map<string, RuleHits>();
  for (const trace of traces) {
    for (const span of trace.spans) {
      for (const rule of rulesOf(span)) {
        const key = `${rule}|${span.service}|${span.name}`;
        const hit = hits.get(key) ?? {
          rule,
          service: span.service,
          name: span.name,
          spans: 0,
          injectedMs: 0,
          traces: new Set<KeptTrace>(),
        };
        hit.spans += 1;
        hit.injectedMs += injectedMsOf(span);
        hit.traces.add(trace);
        hits.set(key, hit);
      }
    }
  }
  if (hits.size === 0) return undefined;
  const rows = [...hits.values()].map((hit) => ({
    cells: [
      { text: html`<a id="${ruleAnchor(hit.rule)}">${hit.rule}</a>`, kind: 'code' as const },
      { text: systemName(hit.service) },
      { text: hit.name, kind: 'code' as const },
      { text: view.numbers.integer(hit.spans), kind: 'number' as const },
      { text: view.numbers.integer(hit.injectedMs), kind: 'number' as const },
      {
        text: html`${[...hit.traces].map((trace) => html`<a href="#${traceAnchor(trace)}">${trace.traceId.slice(0, 8)}</a> `)}`,
      },
    ],
  }));
  return html`<h3>${words.faultsHeading}</h3>
    ${table(words.faultColumns, rows)}`;
}

function kept(view: ReportView, traces: readonly KeptTrace[]): Markup | undefined {
  if (traces.length === 0) return undefined;
  const words = TRACE_WORDS[view.texts.language];
  const sorted = [...traces].sort(
    (left, right) =>
      left.why.localeCompare(right.why) ||
      left.operation.localeCompare(right.operation) ||
      right.durationMs - left.durationMs,
  );
  return html`<h3>${words.keptHeading}</h3>
    <p class="note">${words.waterfallNote}</p>
    ${sorted.map((trace) => waterfall(view, trace))}`;
}
