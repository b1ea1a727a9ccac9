import fc from 'fast-check';
import { mutated } from '../mutation.js';
import {
  ARCHIVE,
  archived,
  envelope,
  EXCHANGE_BODIES,
  FILE_ID,
  MESSAGE,
  MTOM_BODY,
  MTOM_TYPE,
  SOAP_BODIES,
} from './soap-captures.js';

/** One call of the publication. */
export interface OneCCase {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly type: string;
  readonly body: Buffer;
}

const SERVICE = '/zup/ws/EnterpriseDataExchange_1_0_1_1.1cws';
const call = (body: Buffer, type = 'text/xml', url = SERVICE): OneCCase => ({ method: 'POST', url, type, body });

const envelopes = fc
  .tuple(mutated(SOAP_BODIES.map((body) => Buffer.from(body))), fc.constantFrom('text/xml', 'application/soap+xml'))
  .map(([body, type]) => call(body, type));
const versions = mutated([Buffer.from(SOAP_BODIES.at(-1)!)]).map((body) =>
  call(body, 'text/xml', '/zup/ws/InterfaceVersion'),
);
const transfers = mutated(EXCHANGE_BODIES.map((body) => Buffer.from(body))).map((body) =>
  call(body, 'text/xml', '/zup/ws/exchange_3_0_2_2.1cws'),
);
const attached = mutated([Buffer.from(MTOM_BODY)]).map((body) => call(body, MTOM_TYPE));
/** What a peer uploads: bent archives, and honest archives of bent messages. They are loaded by the calls that follow. */
const uploads = fc.oneof(mutated([ARCHIVE]), mutated([Buffer.from(MESSAGE)]).map(archived)).map((bytes) => {
  const given = { FileID: FILE_ID, PartNumber: '1', PartData: bytes.toString('base64') };
  return call(Buffer.from(envelope('PutFilePart', given)));
});
const loads = fc.constant(call(Buffer.from(SOAP_BODIES[7]!)));
const descriptions = fc
  .constantFrom('?wsdl', '', '?wsd')
  .map((query): OneCCase => ({ method: 'GET', url: SERVICE + query, type: '', body: Buffer.alloc(0) }));

/** Calls of web services: bent envelopes, attachments, uploaded messages and their loading. */
export const soapCase: fc.Arbitrary<OneCCase> = fc.oneof(
  { arbitrary: envelopes, weight: 6 },
  { arbitrary: transfers, weight: 4 },
  { arbitrary: uploads, weight: 4 },
  { arbitrary: loads, weight: 4 },
  { arbitrary: attached, weight: 2 },
  versions,
  descriptions,
);
