/** Names of the request fields that signatures cover. */
export type SignedField =
  'client_id' | 'scope' | 'scope_org' | 'timestamp' | 'state' | 'redirect_uri' | 'code' | 'refresh_token';

/** Order of fields in the string a client signs, by what it asks for. */
export const SIGNED_FORMS = {
  'v2 authorization': ['client_id', 'scope', 'scope_org', 'timestamp', 'state', 'redirect_uri'],
  'v3 authorization_code': ['client_id', 'scope', 'scope_org', 'timestamp', 'state', 'redirect_uri', 'code'],
  'v3 refresh_token with redirect_uri': ['client_id', 'scope', 'scope_org', 'timestamp', 'state', 'redirect_uri'],
  'v3 refresh_token with the token': ['client_id', 'scope', 'timestamp', 'state', 'refresh_token'],
  'v3 client_credentials': ['client_id', 'scope', 'scope_org', 'timestamp', 'state', 'redirect_uri'],
  v1: ['scope', 'timestamp', 'client_id', 'state'],
} as const satisfies Readonly<Record<string, readonly SignedField[]>>;

export type SignedForm = keyof typeof SIGNED_FORMS;

/** Looks a request field up; undefined when it was not sent. */
export type FieldLookup = (field: string) => string | undefined;

/** The string a client signs: field values one after another without separators; fields not sent count as empty. */
export function signedString(fields: readonly SignedField[], lookup: FieldLookup): string {
  return fields.map((field) => lookup(field) ?? '').join('');
}
