import { injectedMsOf, isDatabaseCall, rulesOf, type TraceSpan } from '../tracing/trace-span.js';
import type { KeptTrace } from '../tracing/trace-summary.js';
import { isExternal, isHrlink } from '../tracing/part.js';
import { html, type Markup } from './markup.js';
import type { ReportView } from './report-view.js';
import { PART_COLOURS, ordered, partName, systemName } from './section-trace-bars.js';
import { TRACE_WORDS } from './section-trace.texts.js';

/** Spans shown of one trace; the critical path always is. */
const SHOWN_SPANS = 80;
const ROW = 16;
const LABEL = 330;
const WIDTH = 1120;
const CHART = WIDTH - LABEL - 60;

/** Id of a rule's row, for links from spans to it. */
export function ruleAnchor(rule: string): string {
  return `rule-${rule.replace(/[^\w-]/g, '_')}`;
}

export function traceAnchor({ traceId }: KeptTrace): string {
  return `trace-${traceId}`;
}

/** A kept trace as a waterfall, folded. */
export function waterfall(view: ReportView, kept: KeptTrace): Markup {
  const words = TRACE_WORDS[view.texts.language];
  const { integer } = view.numbers;
  const onPath = new Set(kept.path.map(({ spanId }) => spanId));
  const spans = chosen(kept, onPath);
  const hidden = kept.spans.length - spans.length;
  const largest = ordered(kept.parts)
    .sort((left, right) => right[1] - left[1])
    .slice(0, 3)
    .map(([key, ms]) => `${partName(view, key)} ${integer(ms)}`);
  return html`<details id="${traceAnchor(kept)}" class="trace">
    <summary>
      <b>${view.title(kept.operation)}</b> · ${integer(kept.durationMs)} ms · ${words.why[kept.why]} · ${kept.step} ·
      ${kept.subject ?? ''} <span class="sub">${largest.join(' · ')}</span>
    </summary>
    <p class="note">${kept.traceId}${kept.spans[0]?.error ? ` · ${kept.spans[0].error}` : ''}</p>
    <svg viewBox="0 0 ${WIDTH} ${spans.length * ROW + 4}" role="img">
      ${spans.map((span, row) => spanRow(view, kept, { span, row }))}
    </svg>
    ${hidden > 0 ? html`<p class="note">${words.moreSpans(hidden)}</p>` : undefined}
  </details>`;
}

function chosen({ spans }: KeptTrace, onPath: ReadonlySet<string>): readonly TraceSpan[] {
  const sorted = [...spans].sort((left, right) => left.startMs - right.startMs || right.endMs - left.endMs);
  if (sorted.length <= SHOWN_SPANS) return sorted;
  const wanted = new Set(
    [...sorted]
      .sort(
        (left, right) =>
          Number(onPath.has(right.spanId)) - Number(onPath.has(left.spanId)) || lengthOf(right) - lengthOf(left),
      )
      .slice(0, SHOWN_SPANS),
  );
  return sorted.filter((span) => wanted.has(span));
}

function lengthOf({ startMs, endMs }: TraceSpan): number {
  return endMs - startMs;
}

function spanRow(view: ReportView, kept: KeptTrace, { span, row }: { span: TraceSpan; row: number }): Markup {
  const root = kept.spans[0]!;
  const scale = CHART / Math.max(kept.durationMs, 1);
  const at = (ms: number) => LABEL + Math.min(Math.max((ms - root.startMs) * scale, 0), CHART);
  const [from, to] = [at(span.startMs), at(span.endMs)];
  const y = row * ROW;
  const colour = colourOf(span);
  const rules = rulesOf(span);
  const stretches = kept.path
    .filter(({ spanId }) => spanId === span.spanId)
    .map(
      ({ fromMs, toMs }) =>
        html`<rect
          x="${fixed(at(fromMs))}"
          y="${y + 3}"
          width="${fixed(Math.max(at(toMs) - at(fromMs), 1))}"
          height="10"
          fill="${colour}"
        ></rect>`,
    );
  const flags = rules.map((rule) => html` <a href="#${ruleAnchor(rule)}">⚑ ${rule}</a>`);
  return html`<text x="0" y="${y + 12}">${label(view, span)}${flags}</text>
    <rect
      x="${fixed(from)}"
      y="${y + 5}"
      width="${fixed(Math.max(to - from, 1))}"
      height="6"
      fill="${colour}"
      opacity=".35"
    ></rect>
    ${stretches}<text x="${fixed(Math.min(to + 4, WIDTH - 56))}" y="${y + 12}" class="ms"
      >${view.numbers.integer(lengthOf(span))}</text
    >`;
}

function label(view: ReportView, span: TraceSpan): string {
  const stitched = span.attributes['poligon.stitched'];
  const words = TRACE_WORDS[view.texts.language];
  const how = stitched === 'sole' || stitched === 'likely' ? ` (${words.bySubject[stitched]})` : '';
  const text = `${systemName(span.service)} · ${span.name}${how}${span.error === undefined ? '' : ' ✗'}`;
  return text.length > 52 ? `${text.slice(0, 51)}…` : text;
}

function colourOf(span: TraceSpan): string {
  if (injectedMsOf(span) > 0) return PART_COLOURS.injected;
  if (isExternal(span.service)) return PART_COLOURS.external;
  if (isHrlink(span.service)) return PART_COLOURS[isDatabaseCall(span) ? 'database' : 'hrlink'];
  if (span.name === 'otp.wait') return PART_COLOURS.otp;
  return span.name === 'poll.wait' || span.kind === 'client' ? PART_COLOURS.wait : PART_COLOURS.client;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
