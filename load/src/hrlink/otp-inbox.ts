import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Clock } from '../engine/clock.js';
import type { OperationTrace } from '../runtime/tracing.js';
import { WAITS } from '../tracing/part.js';
import { OperationFailure } from './hrlink.errors.js';

/** The emulator holds one call no longer than this. */
const MAX_POLL_MS = 60_000;

const inboxMessage = z.object({
  id: z.string().or(z.number()),
  phone: z.string(),
  sender: z.string().nullish(),
  text: z.string(),
  code: z.string().nullish(),
  links: z.array(z.string()).default([]),
  receivedAt: z.string(),
});

/** A text message as the virtual phone shows it. */
export type InboxMessage = z.infer<typeof inboxMessage>;

export interface InboxOptions {
  dispatcher: Dispatcher;
  /** Base address of the SMS emulator's admin door. */
  url: string;
  token?: string;
  clock: Clock;
  /** How long a message may be on its way. */
  timeoutMs: number;
  /** Messages this much older than asked for still count: clocks of two machines differ. */
  clockSkewMs: number;
}

/** What the virtual employee looks for on the phone. */
export interface MessageQuery {
  phone: string;
  /** Text the message must have in it. */
  contains?: string;
  /** Epoch milliseconds: only newer messages count. */
  since: number;
  signal: AbortSignal;
}

/** Reads one-time codes and invitation links where a person would: in the text messages. */
export class OtpInbox {
  constructor(
    private readonly options: InboxOptions,
    private readonly trace?: OperationTrace,
  ) {}

  /** The same inbox inside an operation's trace. */
  within(trace: OperationTrace): OtpInbox {
    return new OtpInbox(this.options, trace);
  }

  /** The first fresh one-time code. Rejects with OperationFailure `otp not received` when time is up. */
  async code(query: MessageQuery): Promise<string> {
    const message = await this.wait(query, (candidate) => Boolean(candidate.code));
    return message.code as string;
  }

  /** The first fresh link, as an absolute URL. */
  async link(query: MessageQuery): Promise<string> {
    const message = await this.wait(query, (candidate) => candidate.links.length > 0);
    return message.links[0] as string;
  }

  private async wait(query: MessageQuery, fits: (message: InboxMessage) => boolean): Promise<InboxMessage> {
    const done = this.trace?.wait(WAITS.otp);
    try {
      return await this.listen(query, fits);
    } finally {
      done?.();
    }
  }

  private async listen(query: MessageQuery, fits: (message: InboxMessage) => boolean): Promise<InboxMessage> {
    const { clock, timeoutMs } = this.options;
    const deadline = clock.now() + timeoutMs;
    while (clock.now() < deadline && !query.signal.aborted) {
      const message = await this.poll(query, Math.min(Math.ceil(deadline - clock.now()), MAX_POLL_MS));
      if (message && fits(message)) return message;
    }
    throw new OperationFailure('otp not received', `nothing fitting for ${query.phone} within ${timeoutMs} ms`);
  }

  private async poll(query: MessageQuery, timeoutMs: number): Promise<InboxMessage | undefined> {
    const { dispatcher, url, token, clockSkewMs } = this.options;
    const since = new Date(query.since - clockSkewMs).toISOString();
    const search = new URLSearchParams({ phone: query.phone, since, timeoutMs: String(timeoutMs), consume: 'true' });
    if (query.contains !== undefined) search.set('contains', query.contains);
    const answer = await dispatcher.request({
      origin: new URL(url).origin,
      path: `${new URL(url).pathname.replace(/\/$/, '')}/__admin/inbox/wait?${search.toString()}`,
      method: 'GET',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      headersTimeout: timeoutMs + 10_000,
      signal: query.signal,
    });
    const text = await answer.body.text();
    if (answer.statusCode === 204) return undefined;
    if (answer.statusCode !== 200) throw new OperationFailure(`sms inbox ${answer.statusCode}`, text.slice(0, 200));
    const parsed = z.object({ message: inboxMessage }).safeParse(JSON.parse(text));
    if (!parsed.success) throw new OperationFailure('sms inbox answer', 'no message in the answer');
    return parsed.data.message;
  }
}
