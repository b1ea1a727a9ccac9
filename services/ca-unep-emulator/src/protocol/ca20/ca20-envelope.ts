import { ProtocolError } from '@poligon/emulator-kit';
import { PkiError, readXml, xmlChild, xmlContent, xmlEscape, type XmlElement } from '@poligon/pki';
import {
  CA20_NAMESPACE,
  CA20_OPERATIONS,
  type Ca20Names,
  type Ca20Operation,
  type Ca20OperationName,
  type Ca20Role,
  type Ca20Type,
} from './ca20-contract.js';

export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const INT_LIMIT = 2 ** 31;

type Value = string | boolean | number | undefined;

/** Parameters of a call by what they mean; what the client left out is absent. */
export class Ca20Arguments {
  constructor(private readonly values: ReadonlyMap<Ca20Role, Value>) {}

  text(role: Ca20Role): string {
    const value = this.values.get(role);
    return typeof value === 'string' ? value : '';
  }

  number(role: Ca20Role): number {
    const value = this.values.get(role);
    return typeof value === 'number' ? value : 0;
  }
}

/**
 * Reads the parameters of an operation. Names nobody knows are passed over, as WCF does.
 * @throws ProtocolError `bad_request` for what is no XML, `version_mismatch`, `must_understand`, `deserialization_failed`
 */
export function readCa20Call(name: Ca20OperationName, body: Buffer, names: Ca20Names): Ca20Arguments {
  const envelope = parsed(body);
  if (envelope.local !== 'Envelope') throw new ProtocolError('bad_request');
  if (envelope.namespace !== SOAP_11) throw new ProtocolError('version_mismatch');
  refuseUnknownHeaders(xmlChild(envelope, 'Header', SOAP_11));
  const content = xmlChild(envelope, 'Body', SOAP_11);
  const wrapper = content === undefined ? undefined : xmlChild(content, name, CA20_NAMESPACE);
  if (wrapper === undefined) {
    throw new ProtocolError('deserialization_failed', { operation: name, why: `Element '${name}' was expected.` });
  }
  const { inputs }: Ca20Operation = CA20_OPERATIONS[name];
  const values = inputs.map(({ role, type }): [Ca20Role, Value] => {
    const element = xmlChild(wrapper, names[role], CA20_NAMESPACE);
    if (element === undefined || isNil(element)) return [role, undefined];
    const value = READ[type](xmlContent(element));
    if (value !== undefined) return [role, value];
    const why = `The value of '${names[role]}' cannot be parsed as the type '${type}'.`;
    throw new ProtocolError('deserialization_failed', { operation: name, why });
  });
  return new Ca20Arguments(new Map(values));
}

function parsed(body: Buffer): XmlElement {
  try {
    return readXml(body.toString('utf8'));
  } catch (failure) {
    throw failure instanceof PkiError ? new ProtocolError('bad_request') : failure;
  }
}

/** No header is known here, so none may be obligatory (SOAP 1.1 4.2.3). */
function refuseUnknownHeaders(header: XmlElement | undefined): void {
  for (const block of header?.children ?? []) {
    if (typeof block === 'string') continue;
    const isObligatory = block.attributes.some(
      ({ local, namespace, value }) =>
        local === 'mustUnderstand' && namespace === SOAP_11 && /^\s*(1|true)\s*$/.test(value),
    );
    if (isObligatory) {
      throw new ProtocolError('must_understand', { header: block.local, namespace: block.namespace });
    }
  }
}

const isNil = ({ attributes }: XmlElement): boolean =>
  attributes.some(({ local, namespace, value }) => local === 'nil' && namespace === XSI && /^(true|1)$/.test(value));

const READ: Readonly<Record<Ca20Type, (text: string) => Value>> = {
  string: (text) => text,
  boolean: (text) => ({ true: true, '1': true, false: false, '0': false })[text.trim()],
  int: (text) => {
    const value = /^\s*[+-]?\d{1,10}\s*$/.test(text) ? Number(text) : Number.NaN;
    return value >= -INT_LIMIT && value < INT_LIMIT ? value : undefined;
  },
};

/** What an operation answers: its result, when it has one, and its Out parameters. */
export interface Ca20Answer {
  readonly result?: string;
  readonly out?: Readonly<Partial<Record<Ca20Role, string | number>>>;
}

export function writeCa20Answer(name: Ca20OperationName, answer: Ca20Answer, names: Ca20Names): string {
  const operation: Ca20Operation = CA20_OPERATIONS[name];
  const result = answer.result === undefined ? '' : element(`${name}Result`, answer.result);
  const out = operation.outputs.map(({ role }) => element(names[role], String(answer.out?.[role] ?? '')));
  return ca20Envelope(`<${name}Response xmlns="${CA20_NAMESPACE}">${result}${out.join('')}</${name}Response>`);
}

const element = (name: string, text: string): string => `<${name}>${xmlEscape(text)}</${name}>`;

export const ca20Envelope = (body: string): string =>
  `<s:Envelope xmlns:s="${SOAP_11}"><s:Body>${body}</s:Body></s:Envelope>`;
