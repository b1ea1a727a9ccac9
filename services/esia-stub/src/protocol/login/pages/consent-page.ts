import { escapeHtml } from './escape-html.js';
import { page } from './page-layout.js';

/** What the consent page shows. */
export interface ConsentPageModel {
  readonly clientId: string;
  readonly personName: string;
  readonly scopes: readonly string[];
}

/** Consent form: `decision` is posted as `allow` or `deny`. */
export function consentPage({ clientId, personName, scopes }: ConsentPageModel): string {
  const items = scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('\n');
  return page(
    'Предоставление прав доступа',
    `<p>${escapeHtml(personName)}, система «${escapeHtml(clientId)}» запрашивает доступ к данным:</p>
<ul>
${items}
</ul>
<form method="post" action="/aas/oauth2/consent">
<button type="submit" name="decision" value="allow">Предоставить</button>
<button class="secondary" type="submit" name="decision" value="deny">Отказать</button>
</form>`,
  );
}
