import { Injectable } from '@nestjs/common';
import { nodeGuid } from '../../domain/exchange-plan.js';
import { LocalTime } from '../local-time.js';
import { BackgroundJobs, type BackgroundJob, type BackgroundState } from './background-jobs.js';
import { DataExchange } from './data-exchange.js';
import type { ExchangeFate } from './exchange-fate.js';
import { ExchangeFiles } from './exchange-files.js';
import { ExchangeNodes } from './exchange-nodes.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from './exchange-refusal.js';

const KILOBYTE = 1024;

/** Which node of which plan a call is about, and how faults bend it. */
export interface NodeCall {
  readonly plan: string;
  readonly code: string;
  readonly fate: ExchangeFate;
}

/** A transfer that was started: in the background while `isContinuous`, done otherwise. */
export interface Transfer {
  readonly fileId: string;
  readonly operationId: string;
  readonly isContinuous: boolean;
}

/** What an infobase tells of itself and of one plan. */
export interface InfobaseParameters {
  readonly isNodeKnown: boolean;
  readonly ownCode: string;
  /** `yyyy-MM-ddTHH:mm:ss` */
  readonly now: string;
}

/**
 * Operations of data exchange between infobases, the same whether they come to the HTTP service `exchange_dsl` or to the web services
 * `Exchange*` (1c.md 2.3, 2.4). Every refusal is an ExchangeRefusal.
 */
@Injectable()
export class ExchangeOperations {
  constructor(
    private readonly exchange: DataExchange,
    private readonly nodes: ExchangeNodes,
    private readonly jobs: BackgroundJobs,
    private readonly files: ExchangeFiles,
    private readonly time: LocalTime,
  ) {}

  /** @param code node that is asked about; empty: none */
  parameters(plan: string, code: string): InfobaseParameters {
    const codes = this.nodes.all(plan).map((node) => node.code);
    if (codes.length === 0) throw new ExchangeRefusal(EXCHANGE_TEXTS.noNode);
    const isNodeKnown = code === '' || codes.includes(code);
    return { isNodeKnown, ownCode: this.nodes.ownCode(plan), now: this.time.now() };
  }

  /** @throws ExchangeRefusal when the plan has no such peer */
  requireNode({ plan, code, fate }: NodeCall): void {
    this.exchange.node(plan, code, fate);
  }

  async addNode(plan: string, code: string): Promise<void> {
    if (code === '') throw new ExchangeRefusal(EXCHANGE_TEXTS.noNode);
    await this.nodes.add(plan, code, nodeGuid(code));
  }

  async removeNode({ plan, code, fate }: NodeCall): Promise<void> {
    await this.nodes.remove(this.exchange.node(plan, code, fate));
  }

  job(operationId: string): BackgroundJob | undefined {
    return this.jobs.find(operationId);
  }

  /** Writes a message to the node into a file. @param fileId the id it gets; undefined: a new one */
  async upload(call: NodeCall, isBackground: boolean, fileId = this.files.freshId()): Promise<Transfer> {
    const node = this.exchange.node(call.plan, call.code, call.fate);
    const job = this.exchange.prepare(call.plan, node, { partBytes: 0, fileId }, call.fate);
    return this.started(job, isBackground, fileId);
  }

  /** Loads a file of the node. */
  async download(call: NodeCall, fileId: string, isBackground: boolean): Promise<Transfer> {
    const node = this.exchange.node(call.plan, call.code, call.fate);
    return this.started(this.exchange.load(call.plan, node, fileId, call.fate), isBackground, fileId);
  }

  /** Cuts a file for fetching. @param blockKb 0: in one part */
  prepareFile(fileId: string, blockKb: number): { readonly transferId: string; readonly partQuantity: number } {
    const { fileId: transferId, partCount } = this.files.add(this.files.whole(fileId), blockKb * KILOBYTE);
    return { transferId, partQuantity: partCount };
  }

  part(transferId: string, number: number, { isPartMissing }: ExchangeFate): Buffer {
    if (isPartMissing) throw new ExchangeRefusal(EXCHANGE_TEXTS.noPart);
    return this.files.part(transferId, number);
  }

  putPart(transferId: string, number: number, bytes: Buffer): void {
    this.files.putPart(transferId, number, bytes);
  }

  /** Joins what was put. @param parts how many there have to be; 0: all there are @returns the id of the file */
  joinParts(transferId: string, parts: number): string {
    const whole = this.files.whole(transferId);
    if (parts > 0) this.files.part(transferId, parts);
    this.files.release(transferId);
    return this.files.add(whole, 0).fileId;
  }

  wholeFile(fileId: string): Buffer {
    return this.files.whole(fileId);
  }

  /** Keeps a file that did not come in parts. */
  fileOf(bytes: Buffer): string {
    return this.files.add(bytes, 0).fileId;
  }

  endJob(operationId: string, state: BackgroundState, error: string | null): void {
    this.jobs.force(operationId, state, error);
  }

  release(fileId: string): void {
    this.files.release(fileId);
  }

  /** Waits for the job unless it may go on in the background. @throws ExchangeRefusal with what it failed of */
  private async started(job: BackgroundJob, isBackground: boolean, fileId: string): Promise<Transfer> {
    if (!isBackground) await this.jobs.settled();
    if (!isBackground && (job.state === 'Failed' || job.state === 'Canceled')) {
      throw new ExchangeRefusal(job.error ?? EXCHANGE_TEXTS.canceled);
    }
    return { fileId, operationId: job.id, isContinuous: isBackground || job.state === 'Active' };
  }
}
