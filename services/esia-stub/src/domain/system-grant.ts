import { orgScopeClaim, readOrgScope, type OrgScope } from './org-scope.js';
import { readPersonScope, type PersonScope } from './scope.js';

/** What a system asks for on its own behalf with `client_credentials`: every scope names whom it is about. */
export interface SystemScopes {
  readonly orgScopes: readonly OrgScope[];
  readonly personScopes: readonly PersonScope[];
}

/** Person scopes a system may ask for without the person: consent update and the legacy scope of personal data. */
const PERSON_NAMES = ['prm_chg', 'http://esia.gosuslugi.ru/usr_inf'];

/** Reads the `scope` of a client_credentials request; undefined when an element does not name an oid or is not for systems. */
export function readSystemScopes(text: string): SystemScopes | undefined {
  const orgScopes: OrgScope[] = [];
  const personScopes: PersonScope[] = [];
  for (const element of text.split(' ').filter((part) => part !== '')) {
    const orgScope = readOrgScope(element);
    const personScope = readPersonScope(element);
    if (orgScope?.orgOid !== undefined) orgScopes.push(orgScope);
    else if (personScope !== undefined && PERSON_NAMES.includes(personScope.name)) personScopes.push(personScope);
    else return undefined;
  }
  return { orgScopes, personScopes };
}

/** Claim `scope` of a system's token. */
export function systemScopeClaim({ orgScopes, personScopes }: SystemScopes): string {
  return [...orgScopes.map(orgScopeClaim), ...personScopes.map(({ name, oid }) => `${name}?oid=${oid}`)].join(' ');
}
