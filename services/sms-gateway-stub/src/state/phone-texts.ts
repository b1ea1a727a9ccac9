import type { KeptText } from './inbox-message.js';

/** Fewest places given up at the front before the rest moves there. */
const LEAST_MOVED = 8;

/** Texts of one phone, oldest first. Adding one and losing the oldest cost the same whatever their number. */
export class PhoneTexts {
  private texts: (KeptText | undefined)[] = [];
  private from = 0;

  get size(): number {
    return this.texts.length - this.from;
  }

  get oldest(): KeptText | undefined {
    return this.texts[this.from];
  }

  push(text: KeptText): void {
    this.texts.push(text);
  }

  remove(text: KeptText): void {
    const at = this.texts.indexOf(text, this.from);
    if (at > this.from) this.texts.splice(at, 1);
    else if (at === this.from) this.letGoOldest();
  }

  /** The newest that fits. */
  newest(isWanted: (text: KeptText) => boolean): KeptText | undefined {
    for (let at = this.texts.length - 1; at >= this.from; at -= 1) if (isWanted(this.texts[at]!)) return this.texts[at];
    return undefined;
  }

  all(): readonly KeptText[] {
    return this.texts.slice(this.from) as readonly KeptText[];
  }

  private letGoOldest(): void {
    this.texts[this.from] = undefined;
    this.from += 1;
    if (this.from < LEAST_MOVED || this.from < this.size) return;
    this.texts = this.texts.slice(this.from);
    this.from = 0;
  }
}
