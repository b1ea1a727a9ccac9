import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, OutgoingHttp, traceHere, type InTrace } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import { Inbox } from '../state/inbox.js';
import { shown, type KeptText } from '../state/inbox-message.js';

/** Calls at the same time, and texts kept while the receiver is slow. */
const MAX_OPEN = 16;
const MAX_QUEUED = 10_000;

/** Tells a URL of every text that arrives; what it does not take at once is not sent again. */
@Injectable()
export class InboxWebhook implements OnApplicationBootstrap {
  dropped = 0;
  private readonly queue: { readonly text: KeptText; readonly inTrace: InTrace }[] = [];
  private open = 0;

  constructor(
    private readonly inbox: Inbox,
    private readonly http: OutgoingHttp,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'inboxWebhookUrl'>,
  ) {}

  onApplicationBootstrap(): void {
    const url = this.config.inboxWebhookUrl;
    if (url === undefined) return;
    this.inbox.stream.subscribe((text) => {
      if (this.queue.length >= MAX_QUEUED) {
        this.queue.shift();
        this.dropped += 1;
      }
      this.queue.push({ text, inTrace: traceHere() });
      this.work(url);
    });
  }

  private work(url: string): void {
    while (this.open < MAX_OPEN && this.queue.length > 0) {
      this.open += 1;
      const { text, inTrace } = this.queue.shift()!;
      void inTrace(() => this.tell(url, text));
    }
  }

  private async tell(url: string, text: KeptText): Promise<void> {
    try {
      await this.http.json({ name: 'inbox.webhook', method: 'POST', url, body: { message: shown(text) } });
    } catch {
      this.dropped += 1;
    }
    this.open -= 1;
    this.work(url);
  }
}
