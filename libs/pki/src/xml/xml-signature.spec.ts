import { createPublicKey, verify, type KeyLike } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { signatureSuite } from '../suites/registry.js';
import type { SuiteId } from '../suites/signature-suite.js';
import { CertificateAuthority } from '../x509/certificate-authority.js';
import { attribute } from '../x509/names.js';
import { pem } from '../der/pem.js';
import { PkiError } from '../pki.errors.js';
import { canonicalXml } from './canonical-xml.js';
import { readXml } from './read-xml.js';
import { signXml } from './sign-xml.js';
import { verifyXml } from './verify-xml.js';

interface Checker {
  SignatureAlgorithms: Record<string, unknown>;
  loadSignature(node: unknown): void;
  checkSignature(text: string): boolean;
}

// Their types bring those of a browser into every file of the project, so they are not looked at.
const require = createRequire(import.meta.url);
const { DOMParser } = require('@xmldom/xmldom') as {
  DOMParser: new () => {
    parseFromString(
      text: string,
      type: string,
    ): { documentElement: unknown; getElementsByTagName(name: string): unknown[] };
  };
};
const { ExclusiveCanonicalization, SignedXml } = require('xml-crypto') as {
  ExclusiveCanonicalization: new () => { process(node: unknown, options: object): string };
  SignedXml: new (options: { publicCert: string }) => Checker;
};

const notBefore = new Date(Date.UTC(2026, 0, 15));
const notAfter = new Date(Date.UTC(2027, 0, 15));
const DOCUMENT =
  '<?xml version="1.0" encoding="utf-8"?>\r\n<d:Приказ xmlns:d="urn:d" xmlns="urn:e" xmlns:u="urn:u" b="2" a="&lt;&#9;">\r\n' +
  '<!-- примечание --><Пункт d:z="1" номер=\'1 "\'>Принять &amp; <![CDATA[<обучить>]]></Пункт><x xmlns=""/></d:Приказ>\n';

function signer(id: SuiteId) {
  const keyPair = signatureSuite(id).generateKeyPair();
  const subject = [attribute('CN', 'Иванов')];
  const { certificate } = CertificateAuthority.createRoot({ keyPair, subject, notBefore, notAfter });
  return { keyPair, certificate };
}

describe('canonical XML', () => {
  it.each([
    ['namespaces, references, CDATA', DOCUMENT],
    ['an undeclared default namespace', '<a xmlns="u"><b xmlns=""><c xmlns="u"/></b></a>'],
    ['a prefix declared anew', '<p:a xmlns:p="u"><p:b xmlns:p="v" p:x="1"/><p:c p:y="2"/></p:a>'],
    ['attributes of several namespaces', '<a xmlns:z="a" xmlns:y="b" y:k="1" z:k="2" k="3" xml:lang="ru"/>'],
  ])('is that of an independent implementation: %s', (_name, text) => {
    const theirs = new ExclusiveCanonicalization().process(
      new DOMParser().parseFromString(text, 'text/xml').documentElement,
      {},
    );
    expect(canonicalXml(readXml(text))).toBe(theirs);
  });

  it('is the same when it is read and made again', () => {
    const name = fc.constantFrom('a', 'p:b', 'Я', 'c-1');
    const text = fc.string({ unit: fc.constantFrom('&amp;', '&#13;', '\t', 'ж', ' ', '>', '&quot;', "'") });
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc
        .tuple(name, text, fc.array(fc.oneof({ depthSize: 'small' }, text, tie('tree')), { maxLength: 3 }))
        .map(([tag, value, inside]) => `<${tag} xmlns:p="u" v="${value}">${inside.join('')}</${tag}>`),
    }));
    fc.assert(
      fc.property(tree, (document) => {
        const once = canonicalXml(readXml(document));
        expect(canonicalXml(readXml(once))).toBe(once);
      }),
      { numRuns: 200 },
    );
  });
});

describe('XML reader', () => {
  it.each([
    ['<a>', 'does not end'],
    ['<a></b>', 'closing tag'],
    ['<a/><b/>', 'more than one root'],
    ['text', 'outside of the root'],
    ['<a/>text', 'outside of the root'],
    ['', 'no element'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'document types'],
    ['<a>&x;</a>', 'no known character'],
    ['<a>&#0;</a>', 'no known character'],
    ['<a>&#xD800;</a>', 'no known character'],
    ['<a b="1" b="2"/>', 'repeated'],
    ['<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', 'repeated'],
    ['<p:a/>', 'not declared'],
    ['<a xmlns:p=""/>', 'may not be declared'],
    ['<a xmlns:xml="u"/>', 'may not be declared'],
    ['<a b=1/>', 'tag does not end'],
    ['<a b="<"/>', 'tag does not end'],
    ['<1/>', 'not a tag'],
    ['<a><?php x?></a>', 'processing instructions'],
    ['<a><!-- -- --></a>', 'hyphens'],
    ['<a>]]></a>', 'outside of CDATA'],
    ['<a>\u0001</a>', 'cannot carry'],
    ['<a><![CDATA[x</a>', 'does not end'],
  ])('refuses %j', (text, why) => {
    expect(() => readXml(text)).toThrow(why);
  });

  it.each([
    ['depth', '<a>'.repeat(41)],
    ['nodes', `<a>${'<b/>'.repeat(50_001)}</a>`],
    ['prefixes', `<a ${Array.from({ length: 101 }, (_, n) => `xmlns:p${n}="u"`).join(' ')}/>`],
  ])('bounds the %s', (_name, text) => {
    expect(() => readXml(text)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
  });

  it('throws nothing but its own error for any text', () => {
    const pieces = fc.constantFrom(
      '<a',
      '>',
      '/>',
      '</a>',
      ' b="',
      '"',
      '&',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      'x',
      '<?',
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        try {
          readXml(parts.join(''));
        } catch (failure) {
          expect(failure).toBeInstanceOf(PkiError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('XML signature', () => {
  it.each(['gost2012-256', 'gost2012-512', 'ecdsa-p256', 'rsa-2048'] as const)('%s: its own check holds it', (id) => {
    const signed = signXml({ ...signer(id), content: Buffer.from(DOCUMENT) });
    expect(verifyXml(signed)).toMatchObject({ valid: true });
    const changed = Buffer.from(signed.toString().replace('Принять', 'Уволить'));
    expect(verifyXml(changed)).toMatchObject({ valid: false, reason: expect.stringContaining('not the one') });
  });

  it.each([
    ['ecdsa-p256', 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'],
    ['rsa-2048', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'],
  ] as const)('%s: xml-crypto accepts it, and not a changed one', (id, algorithm) => {
    const { keyPair, certificate } = signer(id);
    const signed = signXml({ keyPair, certificate, content: Buffer.from(DOCUMENT) }).toString();
    const isAccepted = (text: string): boolean => {
      const checker = new SignedXml({ publicCert: pem(certificate, 'CERTIFICATE') });
      if (id === 'ecdsa-p256') checker.SignatureAlgorithms[algorithm] = P1363;
      const node = new DOMParser().parseFromString(text, 'text/xml').getElementsByTagName('Signature')[0]!;
      checker.loadSignature(node);
      try {
        return checker.checkSignature(text);
      } catch {
        return false;
      }
    };
    expect([isAccepted(signed), isAccepted(signed.replace('Принять', 'Уволить'))]).toEqual([true, false]);
  });

  it('opens an empty root element', () => {
    const signed = signXml({ ...signer('ecdsa-p256'), content: Buffer.from('<a b="/>" />') });
    expect(signed.toString()).toMatch(/^<a b="\/>" ><Signature .*<\/Signature><\/a>$/);
    expect(verifyXml(signed).valid).toBe(true);
  });

  it.each([
    ['<a/>', 'not signed'],
    ['no xml', 'outside of the root'],
    ['<a><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></a>', 'SignedInfo is missing'],
  ])('says why it does not accept %j', (text, why) => {
    expect(verifyXml(Buffer.from(text)).reason).toContain(why);
  });
});

/** ECDSA as XML writes it, which xml-crypto lacks. */
class P1363 {
  verifySignature(material: string, key: KeyLike, value: string): boolean {
    const options = { key: createPublicKey(key), dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', Buffer.from(material), options, Buffer.from(value, 'base64'));
  }
  getSignature(): never {
    throw new Error('not here');
  }
  getAlgorithmName(): string {
    return 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';
  }
}
