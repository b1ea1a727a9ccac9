import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, OperationRegistry, OutgoingHttp, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { Account } from '../domain/account.js';
import type { Message } from '../domain/message.js';
import { TimingWheel } from '../schedule/timing-wheel.js';
import { AccountStore } from '../state/account.store.js';
import { CallbackGate } from './callback-gate.js';
import { CallbackLine } from './callback-line.js';
import {
  CALLBACK_FORMATS,
  type CallbackFormat,
  type CallbackQuirks,
  type CallbackRequest,
  type HttpReturn,
} from './callback-format.js';
import { ReceiptDesk, type IncomingText } from './receipt-desk.js';

/** Hints by which faults change a callback. */
export const CALLBACK_QUIRKS = 'dlr quirks';
export const CALLBACK_COPIES = 'dlr copies';

/** The same object for all, so that events without quirks share a call. */
const NO_QUIRKS: CallbackQuirks = {};
/** Lines (URL and dialect) kept at once: clients may name a URL per message. */
const MAX_LINES = 10_000;

/** Tells clients over HTTP of every change, in their dialect, with retries. */
@Injectable()
@ResetOnAdmin()
export class CallbackSender implements Resettable {
  private readonly lines = new Map<string, CallbackLine>();

  constructor(
    desk: ReceiptDesk,
    registry: OperationRegistry,
    private readonly accounts: AccountStore,
    private readonly wheel: TimingWheel,
    private readonly gate: CallbackGate,
    private readonly http: OutgoingHttp,
    @Inject(CALLBACK_FORMATS) formats: readonly CallbackFormat[],
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {
    for (const format of formats) {
      registry.add({ operation: `${format.dialect}.callback`, about: 'tells a client of a state or an incoming text' });
      desk.add(format.dialect, {
        report: (message) => this.report(format, message),
        incoming: (text) => this.incoming(format, text),
      });
    }
  }

  /** Callback lines, for the admin door. */
  get all(): readonly CallbackLine[] {
    return [...this.lines.values()];
  }

  reset(): void {
    for (const line of this.lines.values()) line.clear();
    this.lines.clear();
  }

  private report(format: CallbackFormat, message: Message): void {
    const account = this.accounts.find(format.dialect, message.account);
    if (account === undefined || !format.isTold(message)) return;
    const own = (message.returnTo as HttpReturn | undefined)?.callbackUrl;
    for (const url of own === undefined ? account.callbackUrls : [own]) {
      void this.pass(format, account, url, { ...message });
    }
  }

  /** Takes an event through the fault gate, then queues it. */
  private async pass(format: CallbackFormat, account: Account, url: string, event: Message): Promise<void> {
    const exchange = await this.gate.pass(`${format.dialect}.callback`, event, { url, state: event.state });
    if (exchange === undefined) return;
    const quirks = (exchange.hinted(CALLBACK_QUIRKS) ?? NO_QUIRKS) as CallbackQuirks;
    const copies = exchange.hinted(CALLBACK_COPIES) === true ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      this.line(format, account, url).push({ event, quirks, attempt: 0 });
    }
  }

  private incoming(format: CallbackFormat, text: IncomingText): number {
    const make = format.incoming?.bind(format);
    if (make === undefined) return 0;
    const accounts = this.accounts
      .list()
      .filter(({ dialect, login }) => dialect === format.dialect && (text.account ?? login) === login);
    let told = 0;
    for (const account of accounts) {
      for (const url of account.callbackUrls) {
        told += 1;
        this.line(format, account, url).push({ request: make(url, text, account), attempt: 0 });
      }
    }
    return told;
  }

  private line(format: CallbackFormat, account: Account, url: string): CallbackLine {
    const key = `${format.dialect} ${account.login} ${url}`;
    let line = this.lines.get(key);
    if (line === undefined) {
      if (this.lines.size >= MAX_LINES) this.forgetIdle();
      line = new CallbackLine({ format, account, url }, this.wheel, {
        call: (request) => this.call(format, request),
        retryDelaysMs: this.config.callbackRetryDelaysMs ?? format.retryDelaysMs,
      });
      this.lines.set(key, line);
    }
    return line;
  }

  private forgetIdle(): void {
    for (const [key, line] of this.lines) {
      if (this.lines.size < MAX_LINES / 2) return;
      if (line.waiting === 0) this.lines.delete(key);
    }
  }

  private async call(format: CallbackFormat, request: CallbackRequest): Promise<boolean> {
    try {
      const reply = await this.http.call({
        name: `${format.dialect}.callback`,
        timeoutMs: this.config.callbackTimeoutMs,
        ...viaGet(request),
      });
      return format.isAccepted(reply);
    } catch {
      // No answer is a refusal: the line tries again.
      return false;
    }
  }
}

function viaGet({ method, url, headers, body }: CallbackRequest) {
  if (method === 'POST') return { method, url, headers, body };
  return { method, url: `${url}${url.includes('?') ? '&' : '?'}${body}` };
}
