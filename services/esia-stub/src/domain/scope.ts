import { ORG_SCOPES, readOrgScope, type OrgScope } from './org-scope.js';

/** Scopes of the person (рекомендации, «области доступа»); names with `_ext` belong to digital-profile consents. */
const USER_SCOPES =
  'openid fullname birthdate birthplace gender snils inn id_doc email mobile contacts addresses vehicles usr_org usr_inf ' +
  'medical_doc military_doc foreign_passport_doc history_passport_doc drivers_licence_doc vehicle_reg_cert_doc ' +
  'birth_cert_doc change_fullname_cert_doc death_cert_doc marriage_cert_doc divorce_cert_doc paternity_cert_doc ' +
  'residence_doc temporary_residence_doc ils_doc self_employed bio bio_export ext_auth_result electronic_workbook ' +
  'ndfl_person payout_income pension_reference pre_retirement_age payments_egisso reg_realestate educational_doc ' +
  'ege_result student_ticket legalcapacity family_assets_balance social_support_info registry_office_data ' +
  'remd_medical_doc number_plate_doc osago_policy olympics volunteer_activity link bank_account kid_fullname ' +
  'kid_birthdate kid_gender kid_snils kid_inn kid_birth_cert_doc kid_medical_doc kid_school_data kid_mobile kid_email ' +
  'prm_chg family_status_ext education_ext profession_ext social_status_ext income_ext birthplace_ext birthdate_ext ' +
  'fullname_ext address_ext email_ext mobile_ext race_ext politically_ext religion_ext philosophy_ext health_ext ' +
  'intimacy_ext conviction_ext biometric_ext';

const URL_SCOPES = ['http://lk.gosuslugi.ru/api-order', 'http://esia.gosuslugi.ru/usr_inf'];

/** Scopes of the person by name, those with an address left out. */
export const PERSON_SCOPES: readonly string[] = USER_SCOPES.split(' ');

const KNOWN = new Set([...PERSON_SCOPES, ...URL_SCOPES]);

/** What a request asks for: scopes of the person and of organisations. */
export interface AskedScopes {
  readonly scopes: readonly string[];
  readonly orgScopes: readonly OrgScope[];
}

/** Scopes of space-separated lists, in order, without repeats; those of the person without parameters. */
export function readScopes(...lists: readonly string[]): AskedScopes {
  const elements = [...new Set(lists.flatMap((list) => list.split(' ')).filter((element) => element !== ''))];
  const read = elements.map((element) => ({ element, orgScope: readOrgScope(element) }));
  const persons = read.filter(({ orgScope }) => orgScope === undefined);
  return {
    scopes: [...new Set(persons.map(({ element }) => element.split('?', 1)[0]!))],
    orgScopes: read.flatMap(({ orgScope }) => orgScope ?? []),
  };
}

export function isKnownScope(name: string): boolean {
  return KNOWN.has(name);
}

/** Whether a client can be granted it: a scope of persons or of organisations. */
export function isGrantableScope(name: string): boolean {
  return KNOWN.has(name) || ORG_SCOPES.includes(name);
}

/** A scope with the person it is asked for, as systems ask on their own behalf. */
export interface PersonScope {
  readonly name: string;
  readonly oid: number;
}

/** Reads `name?oid=…`; undefined when it has no oid. */
export function readPersonScope(element: string): PersonScope | undefined {
  const [, name, oid] = /^(.{1,100})\?oid=(\d{1,15})$/.exec(element) ?? [];
  return name === undefined ? undefined : { name, oid: Number(oid) };
}

/** Claim `scope` of a token: every scope but openid names the person it was granted for. */
export function tokenScope(scopes: readonly string[], oid: number): string {
  return scopes.map((name) => (name === 'openid' ? name : `${name}?oid=${oid}`)).join(' ');
}

/** Scope names granted for `oid` in a token's `scope` claim. */
export function scopesFor(claim: string, oid: number): ReadonlySet<string> {
  const own = `oid=${oid}`;
  const granted = claim.split(' ').map((element) => element.split('?', 2));
  return new Set(granted.filter(([, query]) => query === undefined || query === own).map(([name]) => name!));
}
