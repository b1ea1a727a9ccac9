import { escapeHtml } from './escape-html.js';
import { page } from './page-layout.js';

/** ESIA's own error page. */
export function errorPage(description: string): string {
  return page('Ошибка', `<p class="alert" role="alert">${escapeHtml(description)}</p>`);
}
