import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { OneCConfig } from '../config.js';

/** One exchange of 1C with the site: what was uploaded, and how far each import has got. */
export interface SiteSession {
  readonly files: Map<string, Buffer[]>;
  /** Answers `progress` so far, by file. */
  readonly steps: Map<string, number>;
  touchedMs: number;
}

const MAX_SESSIONS = 100;
const MAX_FILES = 100;

/** Upload folders of the site's exchanges, bounded in number and bytes. */
@ResetOnAdmin()
@Injectable()
export class SiteUploads implements Resettable {
  private readonly sessions = new Map<string, SiteSession>();
  private totalBytes = 0;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** @returns the value of the session's cookie; the session nobody used longest gives way */
  open(): string {
    const id = this.ids.uuid().replaceAll('-', '');
    if (this.sessions.size >= MAX_SESSIONS) {
      const oldest = [...this.sessions].reduce((left, right) =>
        left[1].touchedMs <= right[1].touchedMs ? left : right,
      );
      this.clear(oldest[1]);
      this.sessions.delete(oldest[0]);
    }
    this.sessions.set(id, { files: new Map(), steps: new Map(), touchedMs: this.clock.monotonicMs() });
    return id;
  }

  find(id: string): SiteSession | undefined {
    const session = this.sessions.get(id);
    if (session !== undefined) session.touchedMs = this.clock.monotonicMs();
    return session;
  }

  /** Empties the upload folder. */
  clear(session: SiteSession): void {
    for (const name of [...session.files.keys()]) this.drop(session, name);
    session.steps.clear();
  }

  /** Adds a chunk to a file; false beyond the limits. */
  append(session: SiteSession, name: string, chunk: Buffer): boolean {
    const isFull = !session.files.has(name) && session.files.size >= MAX_FILES;
    if (isFull || this.totalBytes + chunk.length > this.config.exchangeFileBytes) return false;
    const chunks = session.files.get(name);
    if (chunks === undefined) session.files.set(name, [chunk]);
    else chunks.push(chunk);
    session.steps.delete(name);
    this.totalBytes += chunk.length;
    return true;
  }

  drop(session: SiteSession, name: string): void {
    for (const chunk of session.files.get(name) ?? []) this.totalBytes -= chunk.length;
    session.files.delete(name);
  }

  reset(): void {
    this.sessions.clear();
    this.totalBytes = 0;
  }
}
