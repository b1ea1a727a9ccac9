import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { Message, Part } from '../domain/message.js';
import { TimingWheel } from '../schedule/timing-wheel.js';
import { Inbox } from '../state/inbox.js';

/** Long texts whose parts are awaited at once; beyond it the oldest is shown as far as it came. */
const MAX_OPEN = 100_000;

interface OpenText {
  readonly first: Message;
  readonly parts: (string | undefined)[];
  missing: number;
}

/** The handset's part of long texts (section 2.11): joins what a client split, in whatever order it came. */
@Injectable()
@ResetOnAdmin()
export class Reassembler implements Resettable {
  private readonly open = new Map<string, OpenText>();

  constructor(
    private readonly inbox: Inbox,
    private readonly wheel: TimingWheel,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'reassemblyMs'>,
  ) {}

  /** Takes one part; the whole text reaches the inbox with the last of them, or partly when time is up. */
  arrive(message: Message, part: Part, text: string): void {
    const key = [message.account, message.sender, message.phone, part.reference, part.total].join('\u0000');
    const opened = this.open.get(key) ?? this.begin(key, message, part.total);
    const at = part.number - 1;
    if (opened.parts[at] !== undefined) return;
    opened.parts[at] = text;
    opened.missing -= 1;
    if (opened.missing === 0) this.show(key, opened);
  }

  reset(): void {
    this.open.clear();
  }

  private begin(key: string, first: Message, total: number): OpenText {
    if (this.open.size >= MAX_OPEN) {
      const [oldest, text] = this.open.entries().next().value!;
      this.show(oldest, text);
    }
    const opened: OpenText = { first, parts: new Array<string | undefined>(total).fill(undefined), missing: total };
    this.open.set(key, opened);
    this.wheel.after(this.config.reassemblyMs, {
      run: () => {
        if (this.open.get(key) === opened) this.show(key, opened);
      },
    });
    return opened;
  }

  private show(key: string, { first, parts, missing }: OpenText): void {
    this.open.delete(key);
    this.inbox.deliver(first, parts.join(''), missing > 0);
  }
}
