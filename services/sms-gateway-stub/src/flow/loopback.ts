import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import { MessageStore } from '../state/message.store.js';
import { Inbox } from '../state/inbox.js';
import { ReceiptDesk } from './receipt-desk.js';

/** Texts to numbers that belong to an ESME reach it as incoming ones, as soon as they would reach a handset: ESME to ESME. */
@Injectable()
export class Loopback implements OnApplicationBootstrap {
  constructor(
    private readonly inbox: Inbox,
    private readonly desk: ReceiptDesk,
    private readonly store: MessageStore,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'smppLoopback'>,
  ) {}

  onApplicationBootstrap(): void {
    const routes = Object.entries(this.config.smppLoopback);
    if (routes.length === 0) return;
    this.inbox.stream.subscribe(({ message, text, receivedAtMs }) => {
      const account = routes.find(([prefix]) => message.phone.startsWith(prefix))?.[1];
      if (account === undefined) return;
      const id = this.store.reserve(1);
      this.desk.incoming('smpp', { id, phone: message.sender, to: message.phone, text, receivedAtMs, account });
    });
  }
}
