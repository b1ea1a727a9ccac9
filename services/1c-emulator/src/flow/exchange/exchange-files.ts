import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { OneCConfig } from '../../config.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from './exchange-refusal.js';

interface ExchangeFile {
  readonly parts: Map<number, Buffer>;
  bytes: number;
  touchedMs: number;
}

const MAX_FILES = 1000;
const MAX_PARTS = 100_000;
/** A file nobody touches is let go, sooner when there is no room for another. */
const MAX_IDLE_MS = 24 * 3_600_000;
const MAX_IDLE_WHEN_FULL_MS = 10 * 60_000;

/** The pool of files of data exchange: parts that came in, files that wait to be fetched. Bounded in number and bytes. */
@ResetOnAdmin()
@Injectable()
export class ExchangeFiles implements Resettable {
  private readonly files = new Map<string, ExchangeFile>();
  private totalBytes = 0;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  get usage(): { readonly files: number; readonly bytes: number } {
    return { files: this.files.size, bytes: this.totalBytes };
  }

  /** Keeps a part; 0 is the first one, too. @throws ExchangeRefusal without an id, or beyond the limits */
  putPart(id: string, number: number, bytes: Buffer): void {
    if (id === '') throw new ExchangeRefusal(EXCHANGE_TEXTS.noFileId);
    if (number > MAX_PARTS || this.totalBytes + bytes.length > this.config.exchangeFileBytes) {
      throw new ExchangeRefusal(EXCHANGE_TEXTS.tooLarge);
    }
    const file = this.files.get(id) ?? this.added(id);
    const place = Math.max(1, number);
    const change = bytes.length - (file.parts.get(place)?.length ?? 0);
    file.parts.set(place, bytes);
    file.bytes += change;
    file.touchedMs = this.clock.monotonicMs();
    this.totalBytes += change;
  }

  /** An id no file has. */
  freshId(): string {
    return this.ids.uuid();
  }

  /** Keeps a finished file cut into parts, in place of one of that id. @param partBytes 0: in one part */
  add(
    bytes: Buffer,
    partBytes: number,
    fileId = this.freshId(),
  ): { readonly fileId: string; readonly partCount: number } {
    this.release(fileId);
    const size = partBytes > 0 ? partBytes : Math.max(1, bytes.length);
    const partCount = Math.max(1, Math.ceil(bytes.length / size));
    if (partCount > MAX_PARTS) throw new ExchangeRefusal(EXCHANGE_TEXTS.tooLarge);
    for (let nth = 0; nth < partCount; nth += 1) {
      this.putPart(fileId, nth + 1, bytes.subarray(nth * size, (nth + 1) * size));
    }
    return { fileId, partCount };
  }

  /** @throws ExchangeRefusal when there is no such file or part */
  part(id: string, number: number): Buffer {
    const file = this.files.get(id);
    if (file === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.noFile);
    file.touchedMs = this.clock.monotonicMs();
    const found = file.parts.get(Math.max(1, number));
    if (found === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.noPart);
    return found;
  }

  /** All parts joined, from the first without a gap. @throws ExchangeRefusal */
  whole(id: string): Buffer {
    const file = this.files.get(id);
    if (file === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.noFile);
    const parts: Buffer[] = [];
    for (let number = 1; number <= file.parts.size; number += 1) parts.push(this.part(id, number));
    return Buffer.concat(parts);
  }

  release(id: string): void {
    const file = this.files.get(id);
    if (file === undefined) return;
    this.totalBytes -= file.bytes;
    this.files.delete(id);
  }

  reset(): void {
    this.files.clear();
    this.totalBytes = 0;
  }

  private added(id: string): ExchangeFile {
    const nowMs = this.clock.monotonicMs();
    const idleMs = this.files.size >= MAX_FILES ? MAX_IDLE_WHEN_FULL_MS : MAX_IDLE_MS;
    for (const [old, { touchedMs }] of this.files) if (nowMs - touchedMs > idleMs) this.release(old);
    if (this.files.size >= MAX_FILES) throw new ExchangeRefusal(EXCHANGE_TEXTS.tooLarge);
    const file = { parts: new Map<number, Buffer>(), bytes: 0, touchedMs: nowMs };
    this.files.set(id, file);
    return file;
  }
}
