import { createCsr, signCms, type KeyPair, type SubjectAttribute } from '@poligon/pki';
import {
  CA20_NAMES,
  CA20_NAMESPACE,
  CA20_OPERATIONS,
  operationOfAction,
  type Ca20Operation,
  type Ca20OperationName,
} from '../../../services/ca-unep-emulator/src/protocol/ca20/ca20-contract.js';
import { readCa20Call } from '../../../services/ca-unep-emulator/src/protocol/ca20/ca20-envelope.js';
import {
  readRegistration,
  readRevocationOrder,
} from '../../../services/ca-unep-emulator/src/protocol/ca20/raw-request.codec.js';
import { readCertRequest } from '../../../services/ca-unep-emulator/src/protocol/dss/cert-request.codec.js';
import { readEncryption, readKeyOrder } from '../../../services/ca-unep-emulator/src/protocol/dss/dss-keys.codec.js';
import {
  readDocument,
  readOperation,
  readTransaction,
} from '../../../services/ca-unep-emulator/src/protocol/dss/signature-order.codec.js';
import { silent, type Reader } from './reader.js';

const NAMES = Object.keys(CA20_OPERATIONS) as Ca20OperationName[];
const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

/** An honest call with a value for every parameter. */
function envelope(name: Ca20OperationName): Buffer {
  const { inputs }: Ca20Operation = CA20_OPERATIONS[name];
  const values = { string: 'AAAA', boolean: 'true', int: '8' };
  const members = inputs.map(({ role, type }) => `<${CA20_NAMES[role]}>${values[type]}</${CA20_NAMES[role]}>`);
  const body = `<${name} xmlns="${CA20_NAMESPACE}">${members.join('')}</${name}>`;
  return Buffer.from(`<s:Envelope xmlns:s="${ENVELOPE}"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`);
}

/** Bodies of the sign server; what is no JSON never reaches its readers. */
function json(name: string, bodies: readonly object[], read: (body: unknown) => unknown): Reader {
  const parse = (bytes: Buffer): unknown => {
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch {
      return undefined;
    }
  };
  const captures = bodies.map((body) => Buffer.from(JSON.stringify(body)));
  return { name: `dss ${name}`, captures, read: silent((bytes) => read(parse(bytes))) };
}

const Content = Buffer.from('Договор').toString('base64');
const Parameters = { CADESType: 'BES', IsDetached: 'True', CmsSignatureType: 'cosign', OriginalDocument: Content };
const Signature = { Type: 'CAdES', Parameters, CertificateId: 0, PinCode: '1', ProcessingTemplateId: 1 };

/** What the doors of УЦ 2.0 and of the sign server read. */
export function doorReaders(
  keyPair: KeyPair,
  certificate: Buffer,
  subject: readonly SubjectAttribute[],
): readonly Reader[] {
  const signed = (text: string): Buffer =>
    signCms({ keyPair, certificate, content: Buffer.from(text), signingTime: new Date(0), detached: false });
  const profile = '<ProfileAttributesChange><To><Attribute Oid="2.5.4.3" Value="x"/></To></ProfileAttributesChange>';
  const raw = (read: (request: string) => unknown) => silent((bytes) => read(bytes.toString('base64')));
  return [
    {
      name: 'ca20 call',
      captures: NAMES.map(envelope),
      read: silent((bytes) => {
        const text = bytes.toString('latin1');
        const name = operationOfAction(text) ?? NAMES.find((one) => text.includes(`<${one} `)) ?? NAMES[0]!;
        readCa20Call(name, bytes, CA20_NAMES);
      }),
    },
    {
      name: 'ca20 registration',
      captures: [signed(profile), createCsr(keyPair, subject)],
      read: raw(readRegistration),
    },
    { name: 'ca20 revocation', captures: [signed('SN=01AB,TP=,RR=3')], read: raw(readRevocationOrder) },
    json('document', [{ Content, Signature }, {}], readDocument),
    json(
      'transaction',
      [{ OperationCode: 2, Parameters: [{ Name: 'CADESType', Value: 'T' }], Documents: [{ Content }] }],
      readTransaction,
    ),
    json('operation', [{ BinaryData: [{ Content }], Signature, PinCode: '1' }], readOperation),
    json(
      'request',
      [{ DistinguishedName: { '2.5.4.3': 'Иванов Иван' }, Phone: '79991234567', PinCode: '1' }],
      readCertRequest,
    ),
    json('key', [{ AlgId: 8707, ParametersOid: '1.2', PinCode: '1' }], (body) =>
      readKeyOrder(body, { suite: 'ecdsa-p256', employeeParamSet: 'xch-a' }),
    ),
    json('encryption', [{ Content, Recipients: [certificate.toString('base64')] }], readEncryption),
  ];
}
