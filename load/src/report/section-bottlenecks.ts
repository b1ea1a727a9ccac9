import type { Analysis } from '../analysis/analysis.js';
import type { Finding } from '../analysis/finding.js';
import type { Markup } from './markup.js';
import { html } from './markup.js';
import type { ReportView } from './report-view.js';
import { bottleneckTables } from './section-bottleneck-tables.js';
import { WORDS } from './section-bottlenecks.texts.js';

const SHOWN = 6;

/** Where the bottleneck is: the ranked findings with their evidence, then what they were found in. */
export function bottlenecksSection(view: ReportView): Markup | undefined {
  const { analysis } = view.model;
  if (!analysis || analysis.validity.length === 0) return undefined;
  const words = WORDS[view.texts.language];
  const findings = analysis.findings.slice(0, SHOWN).map((finding, index) => findingMarkup(view, finding, index + 1));
  return html`<section>
    <h2>${words.heading}</h2>
    ${findings.length > 0 ? findings : html`<p>${words.none}</p>`}
    <p class="note">${words.note}</p>
    <h3>${words.courseHeading}</h3>
    <ul class="reasons">
      ${courseLines(view, analysis).map((line) => html`<li>${line}</li>`)}
    </ul>
    ${bottleneckTables(view, analysis)}
  </section>`;
}

function findingMarkup(view: ReportView, finding: Finding, rank: number): Markup {
  const { language } = view.texts;
  const words = WORDS[language];
  const list = (items: readonly { text: Finding['title'] }[]) =>
    html`<ul>
      ${items.map(({ text }) => html`<li>${text[language]}</li>`)}
    </ul>`;
  const operations = finding.operations.map(view.title).join(', ');
  const { counterEvidence, recommendations } = finding;
  return html`<h3>${rank}. ${finding.title[language]}</h3>
    <p>
      ${words.layers[finding.layer]} · ${words.confidence[finding.confidence]} ·
      ${shareOf(view, finding)}${operations === '' ? '' : ` · ${operations}`}
    </p>
    <p><b>${words.evidence}</b></p>
    ${list(finding.evidence)}
    ${
      counterEvidence.length > 0
        ? html`<p><b>${words.counter}</b></p>
            ${list(counterEvidence)}`
        : undefined
    }
    ${
      recommendations.length > 0
        ? html`<p><b>${words.recommendations}</b></p>
            ${list(recommendations.map((text) => ({ text })))}`
        : undefined
    }`;
}

function shareOf({ numbers, texts }: ReportView, { score, seenShare = score }: Finding): string {
  const [whole, seen] = [numbers.integer(score * 100), numbers.integer(seenShare * 100)];
  return WORDS[texts.language].share(whole, seen === whole ? undefined : seen);
}

/** Steps 6.1–6.3 in words. */
function courseLines(view: ReportView, analysis: Analysis): string[] {
  const words = WORDS[view.texts.language];
  const { numbers, texts } = view;
  const { validity, firstViolation, saturation, focus } = analysis;
  const unusable = validity.filter(({ isUsable }) => !isUsable).map(({ step }) => step);
  const lines = [unusable.length > 0 ? words.unusable(unusable.join(', ')) : words.allUsable];
  if (firstViolation) {
    const { at, levelPercent, operation, criterion, value, limit, windowMs } = firstViolation;
    const shown = criterion === 'sla' ? numbers.integer : numbers.decimal;
    lines.push(
      words.firstViolation[criterion]({
        at: numbers.clock(at),
        level: numbers.integer(levelPercent),
        operation: view.title(operation),
        value: shown(value),
        limit: shown(limit),
        window: numbers.integer(windowMs / 1000),
      }),
    );
  } else lines.push(words.noViolation);
  for (const { fromPercent, toPercent, value, isSaturated } of saturation.elasticity) {
    const range = `${numbers.integer(fromPercent)} → ${numbers.integer(toPercent)} %`;
    lines.push(words.elasticity(range, numbers.decimal(value), isSaturated));
  }
  const { kneeByThroughput, kneeByLatency, usl } = saturation;
  const knee = (estimate: typeof kneeByThroughput | typeof kneeByLatency) =>
    estimate.applicable
      ? `${numbers.integer(estimate.levelPercent)} % (n = ${estimate.n})`
      : estimate.why[texts.language];
  lines.push(`${words.kneeByThroughput}: ${knee(kneeByThroughput)}`, `${words.kneeByLatency}: ${knee(kneeByLatency)}`);
  lines.push(
    usl.applicable
      ? `USL: X = ${numbers.decimal(usl.peakPerSecond)}, N = ${numbers.decimal(usl.peakInFlight)}, σ = ${usl.sigma.toPrecision(2)}, κ = ${usl.kappa.toPrecision(2)}, R² = ${usl.r2.toFixed(2)}, n = ${usl.n}`
      : `USL: ${usl.why[texts.language]}`,
  );
  if (focus) lines.push(words.focus(focus.step, numbers.integer(focus.levelPercent), focus.baselineStep));
  return lines;
}
