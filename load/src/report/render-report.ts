import { readFileSync } from 'node:fs';
import type { Language } from '../run-options.js';
import { html, Markup } from './markup.js';
import { viewOf } from './report-view.js';
import type { RunModel } from './run-model.js';
import { bottlenecksSection } from './section-bottlenecks.js';
import { chartsSection } from './section-charts.js';
import { callsSection, conditionsSection, errorsSection, onecSection } from './section-evidence.js';
import { searchSection } from './section-search.js';
import { fitnessSection, profileSection, stepsSection } from './section-steps.js';
import { conclusionsSection, headerMarkup } from './section-summary.js';

const CSS = new URL('./report.css', import.meta.url);

/** The report of a run as one self-contained HTML page: no scripts, no requests, prints well, follows the theme. */
export function renderReport(model: RunModel, language: Language): string {
  const view = viewOf(model, language);
  const style = new Markup(readFileSync(CSS, 'utf8'));
  const title = `${view.texts.title} · ${model.record.id}`;
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          ${headerMarkup(view)} ${conclusionsSection(view)} ${searchSection(view)} ${bottlenecksSection(view)}
          ${profileSection(view)} ${stepsSection(view)} ${chartsSection(view)} ${errorsSection(view)}
          ${fitnessSection(view)} ${callsSection(view)} ${onecSection(view)} ${conditionsSection(view)}
        </main>
      </body>
    </html> `;
  return page.text;
}
