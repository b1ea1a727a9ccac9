import { setImmediate as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import { crlEntry, signCrl, type CrlContent } from '@poligon/pki';
import type { CaConfig } from '../config.js';
import { REMOVED_REASON, type Revocation } from '../domain/revocation.js';
import { CertificationAuthority } from './certification-authority.js';

/** What stands in a list's file name: `0` root, `1` first key of the issuing authority, `1-delta` changes since the last full list of old. */
type ListName = `${number}` | `${number}-delta`;

export interface PublishedLists {
  readonly number: number;
  readonly entries: number;
  readonly bytes: number;
  readonly tookMs: number;
}

type ListContent = Pick<CrlContent, 'entries' | 'baseNumber' | 'deltaUrls'>;

/** A lifted hold. */
interface Removal {
  readonly atMs: number;
  readonly generation: number;
}

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
  /** Entries of the last full list of each generation. */
  private readonly entries = new Map<number, readonly Buffer[]>();
  private hugeList: Promise<Buffer> | undefined;
  private readonly removals = new Map<string, Removal>();

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
  lifted(serialHex: string, atMs: number, generation: number): void {
    this.removals.set(serialHex, { atMs, generation });
  }

  /** The issuing authority's list as it would be had nobody published since long ago. */
  expired(): Promise<Buffer> {
    const { crlPeriodMs } = this.config;
    const entries = this.entries.get(1) ?? [];
    return this.signed('1', { entries }, this.clock.nowMs() - 2 * crlPeriodMs);
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
    await this.sign('0', { entries: [] });
    let [entries, bytes] = [0, 0];
    for (const { number } of this.authority.generations) {
      const full = await this.makeFor(
        number,
        inForce.filter(({ generation }) => generation === number),
      );
      entries += this.entries.get(number)?.length ?? 0;
      bytes += full.length;
    }
    const tookMs = Math.round(this.clock.monotonicMs() - beganMs);
    return { number: this.number, entries, bytes, tookMs };
  }

  /** Full list and delta of one key of the authority. @returns the full one */
  private async makeFor(generation: number, inForce: readonly Revocation[]): Promise<Buffer> {
    const full = await this.entriesOf(inForce);
    this.entries.set(generation, full);
    const delta = await this.entriesOf(inForce.filter(({ atMs }) => atMs >= this.base.atMs));
    const removed = [...this.removals]
      .filter(([, removal]) => removal.generation === generation)
      .map(([hex, { atMs }]) => crlEntry(Buffer.from(hex, 'hex'), new Date(atMs), REMOVED_REASON));
    await this.sign(`${generation}-delta`, { entries: [...delta, ...removed], baseNumber: this.base.number });
    const deltaUrls = [`${this.authority.publicUrl}/cdp/${generation}-delta.crl`];
    return this.sign(`${generation}`, { entries: full, deltaUrls });
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
    const generation = Number.parseInt(name, 10);
    const { root, generations } = this.authority;
    const signer = generation === 0 ? root : generations[generation - 1]!.issuing;
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
