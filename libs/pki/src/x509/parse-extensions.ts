import type { DerNode } from '../der/der-reader.js';
import { decodeString } from '../der/der-strings.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { KEY_USAGES } from './extensions.js';
import type { KeyUsage, RawExtension } from './extensions.js';
import { OID } from './oids.js';

/** Extensions by meaning; absent ones are undefined or empty. */
export interface ParsedExtensions {
  /** Every extension as it stands, by OID. */
  extensions: Map<string, Required<RawExtension>>;
  isAuthority: boolean;
  pathLength?: number;
  /** Undefined when the extension is absent, which allows every use. */
  keyUsage?: KeyUsage[];
  extendedKeyUsage: string[];
  policies: string[];
  subjectKeyId?: Buffer;
  authorityKeyId?: Buffer;
  crlUrls: string[];
  ocspUrls: string[];
  caIssuerUrls: string[];
  identificationKind?: number;
  subjectSignTool?: string;
  issuerSignTool?: string[];
}

const MAX_EXTENSIONS = 64;

type Reader = (value: DerNode, into: ParsedExtensions) => void;

function readBasicConstraints(value: DerNode, into: ParsedExtensions): void {
  for (const field of value.children(TAG.sequence)) {
    if (field.tag === TAG.boolean) into.isAuthority = field.content[0] !== 0 && field.content.length === 1;
    else into.pathLength = field.smallInteger();
  }
}

function readKeyUsage(value: DerNode, into: ParsedExtensions): void {
  const bits = value.bits(true)[0] ?? 0;
  into.keyUsage = KEY_USAGES.filter((_, index) => bits & (0x80 >> index));
}

/** URIs (`[6]`) anywhere in a small structure of general names. */
function uris(node: DerNode): string[] {
  if (node.tag === 0x86) return [node.content.toString('latin1')];
  return node.tag & 0x20 ? node.children().flatMap(uris) : [];
}

function readInfoAccess(value: DerNode, into: ParsedExtensions): void {
  for (const description of value.children(TAG.sequence)) {
    const [method, location] = description.children(TAG.sequence);
    if (!method || !location) throw new PkiError('malformed', 'access description must hold a method and a location');
    if (method.oid() === OID.accessOcsp) into.ocspUrls.push(...uris(location));
    if (method.oid() === OID.accessCaIssuers) into.caIssuerUrls.push(...uris(location));
  }
}

function firstOid(node: DerNode): string {
  const first = node.children(TAG.sequence)[0];
  if (!first) throw new PkiError('malformed', 'policy information is empty');
  return first.oid();
}

const READERS: Record<string, Reader> = {
  [OID.basicConstraints]: readBasicConstraints,
  [OID.keyUsage]: readKeyUsage,
  [OID.authorityInfoAccess]: readInfoAccess,
  [OID.extendedKeyUsage]: (value, into) => {
    into.extendedKeyUsage = value.children(TAG.sequence).map((id) => id.oid());
  },
  [OID.certificatePolicies]: (value, into) => {
    into.policies = value.children(TAG.sequence).map(firstOid);
  },
  [OID.subjectKeyIdentifier]: (value, into) => {
    into.subjectKeyId = value.expect(TAG.octetString).content;
  },
  [OID.authorityKeyIdentifier]: (value, into) => {
    into.authorityKeyId = value.children(TAG.sequence).find(({ tag }) => tag === 0x80)?.content;
  },
  [OID.crlDistributionPoints]: (value, into) => {
    into.crlUrls = uris(value.expect(TAG.sequence));
  },
  [OID.identificationKind]: (value, into) => {
    into.identificationKind = value.smallInteger();
  },
  [OID.subjectSignTool]: (value, into) => {
    into.subjectSignTool = decodeString(value);
  },
  [OID.issuerSignTool]: (value, into) => {
    into.issuerSignTool = value.children(TAG.sequence).map(decodeString);
  },
};

function readExtension(node: DerNode, into: ParsedExtensions): void {
  const [id, ...rest] = node.children(TAG.sequence);
  const value = rest.at(-1);
  if (!id || !value || rest.length > 2) throw new PkiError('malformed', 'extension must hold an id and a value');
  const critical = rest.length === 2 ? rest[0]?.expect(TAG.boolean).content[0] : 0;
  const oid = id.oid();
  const isCritical = critical !== undefined && critical !== 0;
  into.extensions.set(oid, { oid, isCritical, value: value.expect(TAG.octetString).content });
  READERS[oid]?.(value.unwrapOctets(), into);
}

/** Reads the Extensions of a certificate or of a request. @throws PkiError `malformed` or `limit-exceeded`. */
export function parseExtensions(list: DerNode | undefined): ParsedExtensions {
  const into: ParsedExtensions = {
    extensions: new Map(),
    isAuthority: false,
    extendedKeyUsage: [],
    policies: [],
    crlUrls: [],
    ocspUrls: [],
    caIssuerUrls: [],
  };
  const nodes = list?.children(TAG.sequence) ?? [];
  if (nodes.length > MAX_EXTENSIONS) throw new PkiError('limit-exceeded', `more than ${MAX_EXTENSIONS} extensions`);
  for (const node of nodes) readExtension(node, into);
  return into;
}
