/** Scopes of an organisation, without the address before them. */
export const ORG_SCOPES: readonly string[] = [
  ...['org_shortname', 'org_fullname', 'org_type', 'org_ogrn', 'org_inn', 'org_kpp', 'org_leg', 'org_oktmo'],
  ...['org_ctts', 'org_addrs', 'org_vhls', 'org_grps', 'org_emps', 'org_brhs'],
];

/** The prefix is the same on every stand; with another host the scope is unknown (рекомендации, 2.13). */
const PREFIX = 'http://esia.gosuslugi.ru/';
const FORM = /^(?:http:\/\/esia\.gosuslugi\.ru\/)?(org_[a-z]{1,20})(?:(?:\?org_oid=|=)(\d{1,15}))?$/;

/** An organisation scope as it is asked for: without an oid the user's choice of role decides. */
export interface OrgScope {
  readonly name: string;
  readonly orgOid: number | undefined;
}

/** Reads one element of `scope` or `scope_org`; undefined when it is not a known organisation scope. */
export function readOrgScope(element: string): OrgScope | undefined {
  const [, name = '', oid] = FORM.exec(element) ?? [];
  return ORG_SCOPES.includes(name) ? { name, orgOid: oid === undefined ? undefined : Number(oid) } : undefined;
}

/** Element of the claim `scope`. */
export const orgScopeClaim = ({ name, orgOid }: OrgScope): string => `${PREFIX}${name}?org_oid=${orgOid}`;

/** Names of the scopes a claim grants for one organisation. */
export function orgScopesFor(claim: string, orgOid: number): ReadonlySet<string> {
  const scopes = claim.split(' ').map(readOrgScope);
  return new Set(scopes.flatMap((scope) => (scope?.orgOid === orgOid ? [scope.name] : [])));
}
