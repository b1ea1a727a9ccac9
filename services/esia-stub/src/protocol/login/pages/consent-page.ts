import type { OrgScope } from '../../../domain/org-scope.js';
import type { Permission } from '../../../domain/permission.js';
import { PRIVATE_ROLE } from '../role-choice.js';
import { escapeHtml } from './escape-html.js';
import { page } from './page-layout.js';

/** What the consent page shows. */
export interface ConsentPageModel {
  readonly clientId: string;
  readonly personName: string;
  readonly scopes: readonly string[];
  readonly orgScopes: readonly OrgScope[];
  readonly permissions: readonly Permission[];
  /** The organisation the person may act for, when the person has to choose. */
  readonly employer: { readonly name: string; readonly oid: number } | undefined;
}

/** Consent form: `decision` is posted as `allow` or `deny`, `role` as `person` or the oid of an organisation. */
export function consentPage(model: ConsentPageModel): string {
  const { clientId, personName, scopes, orgScopes, permissions, employer } = model;
  const names = [...scopes, ...orgScopes.map(({ name }) => name), ...permissions.map(({ sysname }) => sysname)];
  const items = names.map((name) => `<li>${escapeHtml(name)}</li>`).join('\n');
  return page(
    'Предоставление прав доступа',
    `<p>${escapeHtml(personName)}, система «${escapeHtml(clientId)}» запрашивает доступ к данным:</p>
<ul>
${items}
</ul>
<form method="post" action="/aas/oauth2/consent">
${employer === undefined ? '' : roleField(employer)}
<button type="submit" name="decision" value="allow">Предоставить</button>
<button class="secondary" type="submit" name="decision" value="deny">Отказать</button>
</form>`,
  );
}

const roleField = ({ name, oid }: { readonly name: string; readonly oid: number }): string => `<fieldset>
<legend>Войти как</legend>
<label><input type="radio" name="role" value="${oid}" checked> ${escapeHtml(name)}</label>
<label><input type="radio" name="role" value="${PRIVATE_ROLE}"> Частное лицо</label>
</fieldset>`;
