import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, Random } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import { found } from '../domain/refusal.js';
import { isConversionOver, type StoredFile } from '../domain/stored-file.js';
import { FileStore } from '../state/work.store.js';
import { Background } from './background.js';
import { Capacity } from './capacity.js';
import { Chronicle } from './chronicle.js';

/** A file whose bytes were read already. */
export interface DigestedUpload {
  readonly name: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly creatorId: string | null;
}

/** A file made by HRlink itself. */
export interface MadeFile {
  readonly name: string;
  readonly content: Buffer;
  readonly creatorId: string | null;
}

const BYTES_PER_MB = 1_048_576;

/** Uploaded files and their asynchronous conversion to PDF/A (spec 2.6, 6.1). */
@Injectable()
export class Files {
  private readonly waiting = new Map<string, ((file: StoredFile) => void)[]>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: FileStore,
    private readonly capacity: Capacity,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly random: Random,
  ) {}

  /** Refuses with `notFound`. */
  find(fileId: string): StoredFile {
    return found(this.store.byId(fileId), `file ${fileId}`);
  }

  /** A file made here goes the same way as an uploaded one. */
  accept({ content, ...made }: MadeFile): StoredFile {
    const sha256 = createHash('sha256').update(content).digest('hex');
    return this.acceptUpload({ ...made, sizeBytes: content.length, sha256 });
  }

  /** Keeps the file and starts its conversion. */
  acceptUpload(upload: DigestedUpload): StoredFile {
    const file: StoredFile = {
      id: this.ids.uuid(),
      ...upload,
      createdAtMs: this.clock.nowMs(),
      processedAtMs: null,
      conversionFailedAtMs: null,
    };
    this.store.save(file);
    this.chronicle.accepted('conversion', file.id, 'uploaded');
    this.background.run('conversion', () => this.convert(file));
    return file;
  }

  /** Resolves when the conversion is over, well or not; at once when it already is. Refuses with `notFound`. */
  async whenConverted(fileId: string): Promise<StoredFile> {
    const file = this.find(fileId);
    if (isConversionOver(file)) return file;
    return new Promise((resolve) => {
      this.waiting.set(file.id, [...(this.waiting.get(file.id) ?? []), resolve]);
    });
  }

  private async convert(file: StoredFile): Promise<void> {
    const isRefused = await this.capacity
      .serve('convert', (file.sizeBytes / BYTES_PER_MB) * this.config.convertPerMbMs)
      .then(() => false)
      .catch(() => true);
    const isFailed = isRefused || this.random.percentile('conversion', file.id) < this.config.convertFailRatio * 100;
    if (isFailed) {
      file.conversionFailedAtMs = this.clock.nowMs();
      this.chronicle.failed('conversion', file.id, { state: 'conversion-failed' });
    } else {
      file.processedAtMs = this.clock.nowMs();
      this.chronicle.completed('conversion', file.id, 'processed');
    }
    this.store.save(file);
    const listeners = this.waiting.get(file.id) ?? [];
    this.waiting.delete(file.id);
    for (const listener of listeners) listener(file);
  }
}
