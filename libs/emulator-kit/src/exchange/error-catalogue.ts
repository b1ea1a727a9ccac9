import type { FailureDetail } from './exchange.js';

/** What can be wrong with a call before the domain sees it. */
export type InputProblem =
  'malformed' | 'invalid' | 'too-large' | 'media-type' | 'unknown-path' | 'wrong-method' | 'unavailable' | 'internal';

/** What a catalogue may need of the failed call to render its error the way the real system does. */
export interface FailedCall {
  readonly method: string;
  /** Path and query as they arrived. */
  readonly url: string;
  readonly header: (name: string) => string | undefined;
  readonly body: unknown;
  /** The operation when the call reached one. */
  readonly operation: string | undefined;
}

/** A reply ready for the wire. */
export interface RenderedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * The closed list of errors one protocol knows, in the wire form of the real system.
 * Operations whose name starts with `<protocol>.` belong to it.
 */
export interface ErrorCatalogue {
  readonly protocol: string;
  /** Names of all entries: what the `error` fault may answer with. */
  readonly names: readonly string[];
  /** The entry that stands for each problem the protocol adapter itself meets. */
  readonly problems: Readonly<Record<InputProblem, string>>;
  /** True when a call that matched no route was meant for this protocol (checked in registration order, first wins). */
  readonly owns: (call: FailedCall) => boolean;
  /** Renders an entry; `name` is always one of `names`. */
  readonly render: (name: string, detail: FailureDetail, call: FailedCall) => RenderedReply;
}

/** Thrown by a domain or codec to answer with an entry of its protocol's catalogue. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';

  constructor(
    readonly code: string,
    readonly detail: FailureDetail = {},
    /** Protocol whose catalogue holds the entry; the operation's own when omitted. */
    readonly protocol?: string,
  ) {
    super(code);
  }
}

/** The catalogues of one emulator. */
export class Catalogues {
  private readonly byProtocol: Map<string, ErrorCatalogue>;

  constructor(readonly all: readonly ErrorCatalogue[]) {
    this.byProtocol = new Map(all.map((catalogue) => [catalogue.protocol, catalogue]));
  }

  /** The catalogue of an operation, or of the call that reached none. */
  for(operation: string | undefined, call: FailedCall): ErrorCatalogue {
    const named = operation === undefined ? undefined : this.byProtocol.get(protocolOf(operation));
    const found = named ?? this.all.find((catalogue) => catalogue.owns(call)) ?? this.all[0];
    if (found === undefined) throw new Error('an emulator needs at least one error catalogue');
    return found;
  }

  named(protocol: string): ErrorCatalogue | undefined {
    return this.byProtocol.get(protocol);
  }

  /** Every `<protocol>: entry` name, for messages and for the schema of the `error` fault. */
  names(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(this.all.map((catalogue) => [catalogue.protocol, catalogue.names]));
  }
}

/** First segment of an operation name. */
export function protocolOf(operation: string): string {
  const dot = operation.indexOf('.');
  return dot < 0 ? operation : operation.slice(0, dot);
}
