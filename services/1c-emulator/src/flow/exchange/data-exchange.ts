import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { OneCConfig } from '../../config.js';
import { ChangeLog, type Selection } from '../../domain/change-log.js';
import { commonVersion, type MessageHead, type ReadHead } from '../../protocol/enterprise-data/message-head.codec.js';
import { LocalTime } from '../local-time.js';
import { BackgroundJobs, type BackgroundJob } from './background-jobs.js';
import { ExchangeFiles } from './exchange-files.js';
import { ordinaryFate, type ExchangeFate } from './exchange-fate.js';
import { ExchangeNodes, type ExchangeNode } from './exchange-nodes.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from './exchange-refusal.js';
import { packed, unpacked } from './message-archive.js';
import { MessageBuilder } from './message-builder.js';
import { MessageLoader } from './message-loader.js';

/** What a peer told of itself in its messages. */
interface Peer {
  readonly versions: readonly string[];
  readonly receives: ReadonlySet<string> | undefined;
  /** It greeted without data and waits for the same. */
  readonly isGreeting: boolean;
}

/** Where a message goes. */
export interface OutgoingFile {
  /** 0: one part. */
  readonly partBytes: number;
  /** undefined: a new id. */
  readonly fileId?: string;
}

/** Data exchange with one node: messages out, messages in, their numbers and confirmations (1c.md 2.4, 2.5). */
@ResetOnAdmin()
@Injectable()
export class DataExchange implements Resettable {
  private readonly peers = new Map<string, Peer>();

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly nodes: ExchangeNodes,
    private readonly changes: ChangeLog,
    private readonly jobs: BackgroundJobs,
    private readonly files: ExchangeFiles,
    private readonly builder: MessageBuilder,
    private readonly loader: MessageLoader,
    private readonly time: LocalTime,
  ) {}

  /** @throws ExchangeRefusal when the plan has no such peer */
  node(plan: string, code: string, fate: ExchangeFate = ordinaryFate): ExchangeNode {
    if (fate.isUpdating) throw new ExchangeRefusal(EXCHANGE_TEXTS.updating);
    if (fate.hasNoNode) throw new ExchangeRefusal(EXCHANGE_TEXTS.noNode);
    return this.nodes.peer(plan, code);
  }

  /** Starts writing a message to the node into a file. */
  prepare(plan: string, node: ExchangeNode, file: OutgoingFile, fate: ExchangeFate = ordinaryFate): BackgroundJob {
    return this.jobs.start(`Выгрузка данных: ${node.code}`, fate, async () => {
      const fresh = this.nodes.peer(plan, node.code);
      const archive = await this.outgoing(plan, fresh, fate);
      return this.files.add(fate.hasEmptyArchive ? EMPTY_ZIP : archive, file.partBytes, file.fileId);
    });
  }

  /** Starts loading a file of the node, its parts joined. */
  load(plan: string, node: ExchangeNode, fileId: string, fate: ExchangeFate = ordinaryFate): BackgroundJob {
    return this.jobs.start(`Загрузка данных: ${node.code}`, fate, async () => {
      const bytes = await unpacked(this.files.whole(fileId), this.config.exchangeMessageBytes);
      const text = bytes.toString('utf8').replace(/^\ufeff/, '');
      await this.loader.load(text, (head, hasBody) => this.accepted(plan, node, head, hasBody));
      this.files.release(fileId);
      return undefined;
    });
  }

  reset(): void {
    this.peers.clear();
    this.changes.clear();
  }

  private outgoing(plan: string, node: ExchangeNode, fate: ExchangeFate): Promise<Buffer> {
    const peer = this.peers.get(node.key);
    return peer?.isGreeting === true ? this.greeting(plan, node, peer) : this.data(plan, node, fate);
  }

  /** A message without data, as the peer's own was. */
  private async greeting(plan: string, node: ExchangeNode, peer: Peer): Promise<Buffer> {
    const head = { ...this.head(plan, node, 0), version: undefined };
    const archive = await this.packed(head, { isWhole: false, changes: [] }, undefined);
    this.peers.set(node.key, { ...peer, isGreeting: false });
    return archive;
  }

  /** A message with everything that is due; the first one carries the whole infobase. */
  private async data(plan: string, node: ExchangeNode, { numberStep }: ExchangeFate): Promise<Buffer> {
    const peer = this.peers.get(node.key);
    if (node.sentNo === 0) this.changes.registerWhole(node.key);
    const newest = this.config.enterpriseData;
    const head = this.head(plan, node, node.sentNo + numberStep);
    const version = peer === undefined ? newest : commonVersion(peer.versions, newest);
    const selection = this.changes.select(node.key, head.messageNo);
    const archive = await this.packed({ ...head, version }, selection, peer?.receives);
    await this.nodes.number(node, { sentNo: head.messageNo });
    return archive;
  }

  private head(plan: string, node: ExchangeNode, messageNo: number): Omit<MessageHead, 'version'> {
    const from = this.nodes.ownCode(plan);
    return { createdAt: this.time.now(), plan, to: node.code, from, messageNo, receivedNo: node.receivedNo };
  }

  private packed(head: MessageHead, selection: Selection, receives: Peer['receives']): Promise<Buffer> {
    return packed(this.builder.message(head, selection, receives), this.config.exchangeFileBytes);
  }

  /** Checks the numbers of a peer's message and takes its confirmation. @returns the node its objects come from */
  private async accepted(plan: string, before: ExchangeNode, head: ReadHead, hasBody: boolean): Promise<string> {
    const node = this.nodes.peer(plan, before.code);
    const own = this.nodes.ownCode(plan);
    if (head.from !== node.code || (head.to !== '' && head.to !== own)) {
      throw new ExchangeRefusal(EXCHANGE_TEXTS.wrongAddress);
    }
    this.changes.confirm(node.key, head.receivedNo);
    const isGreeting = head.messageNo === 0 && !hasBody;
    this.peers.set(node.key, { versions: head.versions, receives: head.receives, isGreeting });
    if (isGreeting) return node.key;
    if (head.messageNo <= node.receivedNo) throw new ExchangeRefusal(EXCHANGE_TEXTS.alreadyLoaded(head.messageNo));
    await this.nodes.number(node, { receivedNo: head.messageNo });
    return node.key;
  }
}

/** An archive with nothing in it: the end of its directory alone. */
const EMPTY_ZIP = Buffer.concat([Buffer.from([0x50, 0x4b, 0x05, 0x06]), Buffer.alloc(18)]);
