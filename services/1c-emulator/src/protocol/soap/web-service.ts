import type { XmlValue } from '../xml/xml-tree.js';

/** Types values of web services have: those of XML Schema, and those of 1C's own packages. */
export type SoapType =
  | 'string'
  | 'boolean'
  | 'int'
  | 'integer'
  | 'decimal'
  | 'base64Binary'
  | 'v8:Array'
  | 'v8:Structure'
  | 'v8:UUID'
  | 'v8:ValueStorage'
  | 'exchange:PrepareDataOperationResult';

export interface SoapParameter {
  readonly name: string;
  readonly type: SoapType;
  /** Also a member of the answer. */
  readonly direction: 'in' | 'out' | 'inout';
  readonly isNillable: boolean;
}

export interface SoapMethod {
  readonly name: string;
  readonly parameters: readonly SoapParameter[];
  readonly returns: { readonly type: SoapType; readonly isNillable: boolean };
}

/** A web service of the configuration (1c.md 2.4). */
export interface WebService {
  readonly name: string;
  readonly namespace: string;
  /** Last segment of its second address, `<alias>`. */
  readonly alias: string;
  readonly methods: ReadonlyMap<string, SoapMethod>;
}

/** XML that is already written, for values of structured types. */
export class WrittenXml {
  constructor(
    readonly xml: string,
    /** Declarations of the namespaces it uses. */
    readonly spaces: string,
  ) {}
}

/** XML that was sent, for values of structured types. */
export class SentXml {
  constructor(readonly element: XmlValue) {}
}

export type SoapValue = string | number | boolean | Buffer | WrittenXml | SentXml | null;

/** What a method answers: its result, then its Out parameters. */
export interface SoapResult {
  readonly returns: SoapValue;
  readonly out?: Readonly<Record<string, SoapValue | undefined>>;
}

/**
 * Reads a method out of a line, e.g. `PutData(ExchangePlanName, PeerCode: string?) -> string; OperationID?, ErrorMessage?`: parameters are
 * strings unless told, `?` may be nil, `&` before a name makes it In and Out, after `;` come Out parameters.
 */
export function soapMethod(line: string): SoapMethod {
  const found = /^(\w+)\(([^)]*)\) -> ([\w:]+\??)(?:; (.*))?$/.exec(line);
  if (found === null) throw new Error(`web service method: ${line}`);
  const [, name, inputs, result, outputs] = found as unknown as [string, string, string, string, string?];
  const returns = { type: result.replace('?', '') as SoapType, isNillable: result.endsWith('?') };
  return { name, returns, parameters: [...listed(inputs, 'in'), ...listed(outputs ?? '', 'out')] };
}

function listed(text: string, direction: 'in' | 'out'): SoapParameter[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const [, both, name, type, nil] = /^(&?)(\w+)(?:: ([\w:]+))?(\??)$/.exec(item) as unknown as string[];
      return {
        name: name!,
        type: (type ?? 'string') as SoapType,
        direction: both === '&' ? 'inout' : direction,
        isNillable: nil === '?',
      };
    });
}
