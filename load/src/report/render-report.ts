import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Language } from '../run-options.js';
import { html, Markup } from './markup.js';
import { viewOf } from './report-view.js';
import { PAGE_WORDS } from './page-words.js';
import type { RunModel } from './run-model.js';
import { bottlenecksSection } from './section-bottlenecks.js';
import { chartsSection } from './section-charts.js';
import { callsSection, conditionsSection, errorsSection, onecSection } from './section-evidence.js';
import { searchSection } from './section-search.js';
import { fitnessSection, profileSection, stepsSection } from './section-steps.js';
import { workersSection } from './section-workers.js';
import { conclusionsSection, headerMarkup } from './section-summary.js';
import { tracesSection } from './section-traces.js';

const CSS = new URL('./report.css', import.meta.url);
const SCRIPT = new URL('./report-script.html', import.meta.url);
/** The drawing library itself: the page asks nobody for anything. */
const CHARTS = createRequire(import.meta.url).resolve('echarts/dist/echarts.common.min.js');

/**
 * The report of a run as one self-contained HTML page: it asks nobody for anything, prints well, follows the theme, and its charts can be
 * zoomed; without scripts it shows the same.
 */
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
      ${bodyTag(language)}
        <main>
          <button id="theme" type="button" hidden>${PAGE_WORDS[language].theme}</button>
          ${headerMarkup(view)} ${conclusionsSection(view)} ${searchSection(view)} ${bottlenecksSection(view)}
          ${profileSection(view)} ${stepsSection(view)} ${chartsSection(view)} ${tracesSection(view)}
          ${errorsSection(view)} ${fitnessSection(view)} ${workersSection(view, language)} ${callsSection(view)} ${onecSection(view)}
          ${conditionsSection(view)}
        </main>
        <script>
          ${new Markup(readFileSync(CHARTS, 'utf8'))}
        </script>
        ${new Markup(readFileSync(SCRIPT, 'utf8'))}
      </body>
    </html> `;
  return page.text;
}

function bodyTag(language: Language): Markup {
  const { enlarge, zoom, back, reset, close } = PAGE_WORDS[language];
  const tag = html`<body
    data-enlarge="${enlarge}"
    data-zoom="${zoom}"
    data-back="${back}"
    data-reset="${reset}"
    data-close="${close}"
  ></body>`;
  return new Markup(tag.text.replace('</body>', ''));
}
