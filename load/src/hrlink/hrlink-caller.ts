import type { HrlinkOperation, HrlinkProfile } from '@poligon/hrlink-api';
import { readAnswer } from '@poligon/hrlink-api';
import type { OperationTrace } from '../runtime/tracing.js';
import { OperationFailure } from './hrlink.errors.js';
import type { CallParts, HrlinkTransport, RawAnswer } from './hrlink-transport.js';
import type { HrlinkSession } from './hrlink-session.js';

/** An answer together with the profile's knowledge of where its values are. */
export class Answer {
  constructor(
    private readonly profile: HrlinkProfile,
    private readonly op: HrlinkOperation,
    readonly raw: RawAnswer,
  ) {}

  /** A value of the answer under its name in the profile; undefined when absent. */
  get<T>(name: string): T | undefined {
    return (readAnswer(this.profile, this.op, name, this.raw.json) ?? undefined) as T | undefined;
  }

  /** The same, for a value the flow cannot go on without. Throws OperationFailure `<op> without <name>`. */
  need<T = string>(name: string): T {
    const value = this.get<T>(name);
    if (value === undefined) throw new OperationFailure(`${this.op} without ${name}`);
    return value;
  }
}

/** What the calls of one operation have in common. */
export interface CallScope {
  trace?: OperationTrace;
  signal?: AbortSignal;
}

/** Somebody (HR with a token, an employee with a cookie) calling HRLink, within one trace. */
export class HrlinkCaller {
  constructor(
    private readonly transport: HrlinkTransport,
    private readonly session: HrlinkSession,
    private readonly clientId: string,
    private readonly scope: CallScope = {},
  ) {}

  get profile(): HrlinkProfile {
    return this.transport.profile;
  }

  /** The same caller inside another trace. */
  within(scope: CallScope): HrlinkCaller {
    return new HrlinkCaller(this.transport, this.session, this.clientId, scope);
  }

  /** Headers that make a plain browser request act for this caller. */
  sessionHeaders(): Record<string, string> {
    return this.session.headers();
  }

  /** Calls an operation; throws HrlinkCallError on any refusal. A session that has ended is renewed once. */
  async call(op: HrlinkOperation, parts: CallParts = {}): Promise<Answer> {
    try {
      return await this.send(op, parts);
    } catch (error) {
      if (!(await this.session.renew(error))) throw error;
      return this.send(op, parts);
    }
  }

  private async send(op: HrlinkOperation, parts: CallParts): Promise<Answer> {
    const raw = await this.transport.send(op, {
      ...parts,
      path: { clientId: this.clientId, ...parts.path },
      headers: { ...this.session.headers(), ...parts.headers },
      trace: this.scope.trace,
      signal: this.scope.signal,
    });
    return new Answer(this.profile, op, raw);
  }
}
