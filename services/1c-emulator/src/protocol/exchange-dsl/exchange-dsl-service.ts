import { Injectable } from '@nestjs/common';
import { nodeGuid } from '../../domain/exchange-plan.js';
import { BackgroundJobs, type BackgroundJob } from '../../flow/exchange/background-jobs.js';
import { DataExchange } from '../../flow/exchange/data-exchange.js';
import type { ExchangeFate } from '../../flow/exchange/exchange-fate.js';
import { ExchangeFiles } from '../../flow/exchange/exchange-files.js';
import { ExchangeNodes } from '../../flow/exchange/exchange-nodes.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from '../../flow/exchange/exchange-refusal.js';
import { LocalTime } from '../../flow/local-time.js';

/** One call of the built-in service: what its query and body say. */
export interface DslCall {
  readonly text: (name: string) => string;
  readonly number: (name: string) => number;
  readonly body: Buffer;
  readonly fate: ExchangeFate;
}

/** Members of a JSON answer, or the bytes of a file. */
export type DslAnswer = Readonly<Record<string, unknown>> | Buffer;

type Operation = (call: DslCall) => DslAnswer | Promise<DslAnswer>;

const KILOBYTE = 1024;

/** Operations of the built-in HTTP service of data exchange, by method and name (1c.md 2.3). */
@Injectable()
export class ExchangeDslService {
  constructor(
    private readonly exchange: DataExchange,
    private readonly nodes: ExchangeNodes,
    private readonly jobs: BackgroundJobs,
    private readonly files: ExchangeFiles,
    private readonly time: LocalTime,
  ) {}

  readonly operations: Readonly<Record<string, Operation>> = {
    'GET GetIBParameters': ({ text }) => {
      const plan = text('ExchangePlanName');
      const codes = this.nodes.all(plan).map(({ code }) => code);
      if (codes.length === 0) throw new ExchangeRefusal(EXCHANGE_TEXTS.noNode);
      const exists = text('NodeCode') === '' || codes.includes(text('NodeCode'));
      return {
        ExchangePlanExists: true,
        NodeExists: exists,
        NodeCode: this.nodes.ownCode(plan),
        LocalTime: this.time.now(),
      };
    },
    'GET GetContinuousOperationStatus': ({ text }) => statusOf(this.jobs.find(text('OperationID'))),
    'GET GetFilePart': ({ text, number, fate }) => {
      if (fate.isPartMissing) throw new ExchangeRefusal(EXCHANGE_TEXTS.noPart);
      return this.files.part(text('FileID'), number('PartNumber'));
    },
    'POST CreateExchangeNode': async ({ text }) => {
      const code = text('NodeCode');
      if (code === '') throw new ExchangeRefusal(EXCHANGE_TEXTS.noNode);
      await this.nodes.add(text('ExchangePlanName'), code, nodeGuid(code));
      return {};
    },
    'POST PutFilePart': ({ text, number, body }) => {
      this.files.putPart(text('FileID') || text('SessionID'), number('PartNumber'), body);
      return {};
    },
    'POST SaveFileFromParts': ({ text, number }) => {
      const whole = this.files.whole(text('SessionID'));
      if (number('PartCount') > 0) this.files.part(text('SessionID'), number('PartCount'));
      this.files.release(text('SessionID'));
      return { FileID: this.files.add(whole, 0).fileId };
    },
    'POST PrepareGetFile': ({ text, number }) => {
      const { fileId, partCount } = this.files.add(this.files.whole(text('FileID')), number('BlockSize') * KILOBYTE);
      return { TransferID: fileId, FileID: fileId, PartQuantity: partCount };
    },
    'POST UploadData': (call) => {
      const node = this.node(call);
      return started(this.exchange.prepare(call.text('ExchangePlanName'), node, 0, call.fate));
    },
    'POST DownloadData': (call) => this.load(call),
    'POST PutMessageForDataMatching': (call) => this.load(call),
    'DELETE ReleaseFile': ({ text }) => {
      this.files.release(text('FileID'));
      return {};
    },
    'DELETE RemoveExchangeNode': async (call) => {
      await this.nodes.remove(this.node(call));
      return {};
    },
  };

  private load(call: DslCall): DslAnswer {
    const node = this.node(call);
    return started(this.exchange.load(call.text('ExchangePlanName'), node, call.text('FileID'), call.fate));
  }

  private node({ text, fate }: DslCall) {
    return this.exchange.node(text('ExchangePlanName'), text('NodeCode'), fate);
  }
}

function started({ id }: BackgroundJob): DslAnswer {
  return { ContinuousOperation: true, OperationID: id };
}

function statusOf(job: BackgroundJob | undefined): DslAnswer {
  const file = job?.result === undefined ? {} : { FileID: job.result.fileId };
  return { Status: job?.state ?? 'Canceled', ErrorMessage: job?.error ?? '', ...file };
}
