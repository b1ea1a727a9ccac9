import type { SuiteId } from '../suites/signature-suite.js';

export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const ENVELOPED = `${DSIG}enveloped-signature`;

/** Names of a suite's algorithms in an XML signature. */
interface XmlAlgorithms {
  readonly signature: string;
  readonly digest: string;
}

const CRYPTOPRO = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** RFC 9231; GOST: names of КриптоПро's profile, which СМЭВ uses too. */
export const XML_ALGORITHMS: Readonly<Record<SuiteId, XmlAlgorithms>> = {
  'gost2012-256': {
    signature: `${CRYPTOPRO}:gostr34102012-gostr34112012-256`,
    digest: `${CRYPTOPRO}:gostr34112012-256`,
  },
  'gost2012-512': {
    signature: `${CRYPTOPRO}:gostr34102012-gostr34112012-512`,
    digest: `${CRYPTOPRO}:gostr34112012-512`,
  },
  'ecdsa-p256': { signature: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', digest: SHA256 },
  'rsa-2048': { signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', digest: SHA256 },
};
