import { setImmediate as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import { crlEntry, signCrl, type CrlContent } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { REMOVED_REASON, type Revocation } from '../domain/revocation.js';
import { CertificationAuthority } from './certification-authority.js';

/** What stands in a list's file name: `0` root, `1` issuing authority, `1-delta` changes since the last full list of old. */
export type ListName = '0' | '1' | '1-delta';

export interface PublishedLists {
  readonly number: number;
  readonly entries: number;
  readonly bytes: number;
  readonly tookMs: number;
}

type ListContent = Pick<CrlContent, 'entries' | 'baseNumber' | 'deltaUrls'>;

const HUGE = 100_000;
/** Seven bytes of a number, so that a serial number has eight. */
const hex8 = (index: number): string => index.toString(16).padStart(14, '0');

/** Entries made between two pauses: about a millisecond. */
const SLICE = 500;

/** Encodes and signs revocation lists, between other work; the last edition is served as it is. */
@Injectable()
export class RevocationLists {
  private readonly lists = new Map<ListName, Buffer>();
  private number = 0;
  /** The full list that deltas add to: the first one of each period. */
  private base = { number: 0, atMs: Number.NEGATIVE_INFINITY };
  /** Entries of the last full list. */
  private entries: readonly Buffer[] = [];
  private hugeList: Promise<Buffer> | undefined;
  private readonly removals = new Map<string, number>();

  constructor(
    private readonly authority: CertificationAuthority,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {}

  /** DER of the current edition; undefined for an unknown name. */
  list(name: string): Buffer | undefined {
    return this.lists.get(name as ListName);
  }

  /** A hold was lifted: the next deltas say so. */
  lifted(serialHex: string, atMs: number): void {
    this.removals.set(serialHex, atMs);
  }

  /** The issuing authority's list as it would be had nobody published since long ago. */
  expired(): Promise<Buffer> {
    const { crlPeriodMs } = this.config;
    return this.signed('1', { entries: this.entries }, this.clock.nowMs() - 2 * crlPeriodMs);
  }

  /** A list of 100,000 entries that are nobody's, made at the first call and kept. */
  huge(): Promise<Buffer> {
    const at = new Date(this.clock.nowMs());
    return (this.hugeList ??= this.signed('1', {
      entries: Array.from({ length: HUGE }, (_, index) => crlEntry(Buffer.from(`7e${hex8(index)}`, 'hex'), at)),
    }));
  }

  reset(): void {
    this.hugeList = undefined;
    this.removals.clear();
    this.base = { number: 0, atMs: Number.NEGATIVE_INFINITY };
  }

  /** Makes all lists; a revocation of a certificate that has ended is left out. */
  async make(revocations: readonly Revocation[]): Promise<PublishedLists> {
    const beganMs = this.clock.monotonicMs();
    const nowMs = this.clock.nowMs();
    this.number += 1;
    if (nowMs - this.base.atMs >= this.config.crlPeriodMs) this.rebase(nowMs);
    const inForce = revocations.filter(({ notAfterMs }) => notAfterMs > nowMs);
    const full = await this.entriesOf(inForce);
    this.entries = full;
    const delta = await this.entriesOf(inForce.filter(({ atMs }) => atMs >= this.base.atMs));
    const removed = [...this.removals].map(([hex, atMs]) =>
      crlEntry(Buffer.from(hex, 'hex'), new Date(atMs), REMOVED_REASON),
    );
    await this.sign('0', { entries: [] });
    await this.sign('1-delta', { entries: [...delta, ...removed], baseNumber: this.base.number });
    const der = await this.sign('1', { entries: full, deltaUrls: [`${this.authority.publicUrl}/cdp/1-delta.crl`] });
    const tookMs = Math.round(this.clock.monotonicMs() - beganMs);
    return { number: this.number, entries: full.length, bytes: der.length, tookMs };
  }

  private rebase(nowMs: number): void {
    this.base = { number: this.number, atMs: nowMs };
    this.removals.clear();
  }

  private async sign(name: ListName, content: ListContent): Promise<Buffer> {
    const der = await this.signed(name, content);
    this.lists.set(name, der);
    return der;
  }

  private signed(name: ListName, content: ListContent, thisUpdateMs = this.clock.nowMs()): Promise<Buffer> {
    const signer = name === '0' ? this.authority.root : this.authority.issuer;
    const times = { thisUpdate: new Date(thisUpdateMs), nextUpdate: new Date(thisUpdateMs + this.config.crlPeriodMs) };
    return signCrl(signer, { number: this.number, ...times, ...content }, pause);
  }

  private async entriesOf(revocations: readonly Revocation[]): Promise<Buffer[]> {
    const entries: Buffer[] = [];
    for (const { serialHex, atMs, reason } of revocations) {
      entries.push(crlEntry(Buffer.from(serialHex, 'hex'), new Date(atMs), reason));
      if (entries.length % SLICE === 0) await pause();
    }
    return entries;
  }
}
