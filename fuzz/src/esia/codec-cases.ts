import fc from 'fast-check';
import { decodeClientSecret } from '../../../services/esia-stub/src/domain/client-secret.js';
import { judgeCmsSecret } from '../../../services/esia-stub/src/domain/cms-secret.js';
import { decodeJwt } from '../../../services/esia-stub/src/domain/jwt.js';
import { permissionProblem } from '../../../services/esia-stub/src/domain/permission.js';
import { readScopes } from '../../../services/esia-stub/src/domain/scope.js';
import { readSystemScopes } from '../../../services/esia-stub/src/domain/system-grant.js';
import { parseTimestamp } from '../../../services/esia-stub/src/domain/timestamp.js';
import { parseForm } from '../../../services/esia-stub/src/protocol/parameters.codec.js';
import { readPermissions } from '../../../services/esia-stub/src/protocol/permissions.codec.js';
import { mutated } from '../mutation.js';
import type { HonestClient } from './honest-client.js';

const named = fc.array(fc.record({ sysname: fc.string() }), { maxLength: 3 });
const permission = fc.record(
  {
    sysname: fc.oneof(fc.string(), fc.constantFrom('APIPGU', 'LINK_ACCOUNT')),
    expire: fc.double(),
    actions: named,
    purposes: named,
    scopes: named,
  },
  { requiredKeys: [] },
);
const json = fc.oneof(
  fc.json(),
  fc.array(permission, { maxLength: 3 }).map((value) => JSON.stringify(value)),
);

/** JSON of `permissions`: it is read or refused, never thrown at. */
export const permissionsCase = fc.oneof(
  json.map((text) => Buffer.from(text).toString('base64url')),
  fc.string(),
);

export function runPermissionsCase(text: string): void {
  readPermissions(text)?.forEach(permissionProblem);
}

/** Text that any reader of values may get. */
export const textCase = fc.oneof(
  fc.string({ unit: 'binary' }),
  mutated([
    Buffer.from('2026.01.15 12:00:00 +0300'),
    Buffer.from('openid http://esia.gosuslugi.ru/org_inn?org_oid=1 org_kpp=2 prm_chg?oid=3'),
    Buffer.from('a=1&b=%D0%98&c=%'),
  ]).map((bytes) => bytes.toString('latin1')),
);

export function runTextCase(text: string): void {
  parseTimestamp(text, true);
  readScopes(text, text);
  readSystemScopes(text);
  decodeClientSecret(text);
  decodeJwt(text);
  parseForm(Buffer.from(text, 'latin1'));
}

export const cmsCase = ({ secrets }: HonestClient): fc.Arbitrary<Buffer> => mutated(secrets);

/** A changed CMS may still be good, but never for another text and never by another certificate. */
export function runCmsCase({ client, cmsText }: HonestClient, cms: Buffer): void {
  const own = client.certificates;
  const verdict = judgeCmsSecret(cms, cmsText, { own, everyone: [] });
  if ('certificate' in verdict && !own.includes(verdict.certificate)) throw new Error('a foreign certificate counted');
  if ('certificate' in judgeCmsSecret(cms, `${cmsText}.`, { own, everyone: [] })) {
    throw new Error('a CMS was accepted for a text it does not cover');
  }
}
