import { accuracyPercent } from '../verdict/judge-hold.js';
import type { Markup } from './markup.js';
import { html } from './markup.js';
import type { ReportView } from './report-view.js';

/** Title, verdict and what the run was. */
export function headerMarkup(view: ReportView): Markup {
  const { model, texts, numbers } = view;
  const { record, planned, verdict } = model;
  const { generator } = record;
  const started = record.loadStartedAt ?? record.createdAt;
  const lastedMs = (record.finishedAt ?? started) - started;
  const facts: [string, string][] = [
    [texts.meta.run, record.id],
    [texts.meta.target, record.target],
    [texts.meta.start, numbers.moment(started)],
    [texts.meta.duration, formatDuration(lastedMs)],
    [texts.meta.plan, [planned.plan.name, planned.plan.description[texts.language]].filter(Boolean).join(' · ')],
    [
      texts.meta.profile,
      [planned.profile.name, planned.profile.description[texts.language]].filter(Boolean).join(' · '),
    ],
    [texts.meta.seed, planned.seed],
    [
      texts.meta.generator,
      `Node ${generator.node}, ${generator.cpus} × ${generator.cpuModel}, ${generator.memoryGb} GiB`,
    ],
  ];
  return html`<header>
      <div>
        <h1>${texts.title}</h1>
        <div class="sub">${record.id}</div>
      </div>
      <span class="badge big ${verdict.word}">${texts.verdicts[verdict.word]}</span>
    </header>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
}

/** Verdict with its reasons and the few figures everybody asks for. */
export function conclusionsSection(view: ReportView): Markup {
  const { model, texts } = view;
  const { verdict } = model;
  const reasons = verdict.reasons.map((reason) => html`<li>${texts.reason(reason, view.title)}</li>`);
  const why =
    reasons.length > 0
      ? html`<ul class="reasons">
          ${reasons}
        </ul>`
      : html`<p>${texts.successLine}</p>`;
  return html`<section>
    <h2>${texts.sections.conclusions}</h2>
    <p><span class="badge ${verdict.word}">${texts.verdicts[verdict.word]}</span></p>
    ${statements(view).map((line) => html`<p>${line}</p>`)} ${why}${cards(view)}
  </section>`;
}

/** What has to be said of the run besides its verdict. */
function statements({ model, texts }: ReportView): string[] {
  const { reliability, timeScale } = model.planned;
  const lines = reliability ? [texts.reliability(reliability)] : [];
  if (timeScale !== 1) lines.push(texts.rehearsal(timeScale.toPrecision(3)));
  return lines;
}

function cards(view: ReportView): Markup | undefined {
  const { model, texts, numbers } = view;
  const last = model.holds.at(-1);
  if (!last) return undefined;
  const { operations } = last;
  const sum = (pick: (row: (typeof operations)[number]) => number) =>
    operations.reduce((total, row) => total + pick(row), 0);
  const lowest = Math.min(...operations.map(accuracyPercent));
  const figures: [string, string][] = [
    [numbers.integer(sum((row) => row.planned)), texts.cards.operations],
    [numbers.integer(sum((row) => row.succeeded)), texts.cards.succeeded],
    [numbers.integer(sum((row) => row.failed)), texts.cards.failed],
    [`${numbers.decimal(lowest)} %`, texts.cards.accuracy],
    [numbers.decimal(last.meanInFlight), texts.cards.inFlight],
    [`${numbers.decimal(last.lagP99Ms)} ${texts.chart.milliseconds}`, texts.cards.lag],
  ];
  return html`<div class="cards">
    ${figures.map(([value, name]) => html`<div><b>${value}</b><span>${name}</span></div>`)}
  </div>`;
}

/** `1:02:03` or `2:03`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
