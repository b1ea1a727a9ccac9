/** How a connection ends when no reply is sent. */
export type DropMode = 'no-reply' | 'reset' | 'empty-reply';

/** What leaves instead of the domain's own reply. */
export type Ending =
  | { readonly kind: 'fail'; readonly code: string; readonly detail: FailureDetail }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'drop'; readonly mode: DropMode };

/** Values an error text of the protocol's catalogue may show, by the catalogue's own names. */
export type FailureDetail = Readonly<Record<string, unknown>>;

/** A change made to a finished reply on its way out (protocol adapters interpret it). */
export interface ReplyShape {
  readonly kind: string;
  readonly options: unknown;
}

/** How often the domain handles the call, and whose answer leaves. */
export interface Repetition {
  readonly times: number;
  readonly gapMs: number;
  readonly reply: 'first' | 'last';
}

/** A rule that took part in an exchange, for the journal and for spans. */
export interface FiredRule {
  readonly id: string;
  readonly fault: string;
}

/** What a protocol adapter knows of an incoming call. */
export interface ExchangeFacts {
  /** Stable dotted name, `<protocol>.<operation>`. */
  readonly operation: string;
  /** The person concerned, as a subject key. */
  readonly subject?: string | undefined;
  /** The caller's identity in its protocol: a login, a system id, a client mnemonic. */
  readonly client?: string | undefined;
  /**
   * What tells this call from the subject's others whatever their order, e.g. a document number. Without it the subject's calls are told
   * apart by their order alone.
   */
  readonly callKey?: string | undefined;
  /** Monotonic time the first byte was taken, milliseconds. */
  readonly receivedAtMs: number;
  /** Looks up a protocol value for rule conditions, e.g. `sender` or `documents.0.hash`. */
  readonly lookup?: ((path: string) => unknown) | undefined;
}

/**
 * One incoming call while it is decided. Faults and the domain see only this; a protocol adapter makes it, carries out what was decided and
 * writes the answer in its own wire form.
 */
export class Exchange {
  readonly operation: string;
  readonly subject: string | undefined;
  readonly client: string | undefined;
  readonly receivedAtMs: number;
  /** Under this key the calls are numbered that chance is decided on. */
  readonly callKey: string;
  /** Milliseconds after `receivedAtMs` at which the reply leaves; delays of all rules and the baseline add up here. */
  intendedMs = 0;
  /** The part of `intendedMs` that faults added on top of the baseline. */
  injectedMs = 0;
  /** Set when a rule decided that the domain's reply does not leave. */
  ending: Ending | undefined = undefined;
  /** True when the domain still does its work although its reply is withheld. */
  processFirst = false;
  /** Set when the domain is to handle the call more than once. */
  repetition: Repetition | undefined = undefined;
  readonly fired: FiredRule[] = [];
  readonly shapes: ReplyShape[] = [];
  private readonly lookup: ((path: string) => unknown) | undefined;
  private hints: Map<string, unknown> | undefined = undefined;
  private endActions: (() => void)[] | undefined = undefined;

  constructor(facts: ExchangeFacts) {
    this.operation = facts.operation;
    this.subject = bounded(facts.subject);
    this.client = bounded(facts.client);
    this.receivedAtMs = facts.receivedAtMs;
    const caller = this.subject ?? this.client ?? '';
    this.callKey = facts.callKey === undefined ? caller : `${caller} ${bounded(facts.callKey)}`;
    this.lookup = facts.lookup;
  }

  /** True once a terminal decision stands; later ones are ignored. */
  get isDecided(): boolean {
    return this.ending !== undefined;
  }

  /** The value a rule condition names, or undefined. */
  fact(path: string): unknown {
    return this.lookup?.(path);
  }

  /** Adds to the time the reply takes, counted from `receivedAtMs`. */
  delay(ms: number): void {
    this.intendedMs += ms;
    this.injectedMs += ms;
  }

  /** Answers with an entry of the protocol's own error catalogue. */
  fail(code: string, detail: FailureDetail = {}): void {
    this.ending ??= { kind: 'fail', code, detail };
  }

  /** Answers with a bare protocol status and no body of the catalogue. */
  status(status: number): void {
    this.ending ??= { kind: 'status', status };
  }

  /** Ends without an answer. */
  drop(mode: DropMode): void {
    this.ending ??= { kind: 'drop', mode };
  }

  /** Changes the finished reply on its way out. */
  shape(kind: string, options: unknown): void {
    this.shapes.push({ kind, options });
  }

  /** Tells the domain to behave differently; only the fault and the domain that reads it know the name. */
  hint(name: string, setting: unknown): void {
    (this.hints ??= new Map()).set(name, setting);
  }

  /** What a fault hinted under `name`, or undefined. */
  hinted(name: string): unknown {
    return this.hints?.get(name);
  }

  /** Runs `action` when the exchange is over, however it ended. */
  onEnd(action: () => void): void {
    (this.endActions ??= []).push(action);
  }

  /** Called once by the runner. */
  finish(): void {
    for (const action of this.endActions ?? []) action();
    this.endActions = undefined;
  }
}

/** Longest subject key or client identity that is told apart; both come from callers and are kept in tables. */
const MAX_IDENTITY = 200;

/** A copy when it must be cut: a slice would keep the caller's whole text alive. */
function bounded(identity: string | undefined): string | undefined {
  if (identity === undefined || identity.length <= MAX_IDENTITY) return identity;
  return Buffer.from(identity.slice(0, MAX_IDENTITY), 'utf8').toString('utf8');
}
