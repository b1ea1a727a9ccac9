import type { BackgroundJob } from '../../flow/exchange/background-jobs.js';
import type { ExchangeFate } from '../../flow/exchange/exchange-fate.js';
import type { ExchangeOperations, NodeCall, Transfer } from '../../flow/exchange/exchange-operations.js';

/** One call of the built-in service: what its query and body say. */
export interface DslCall {
  readonly text: (name: string) => string;
  readonly number: (name: string) => number;
  readonly body: Buffer;
  readonly fate: ExchangeFate;
}

/** Members of a JSON answer, or the bytes of a file. */
export type DslAnswer = Readonly<Record<string, unknown>> | Buffer;

type Operation = (of: ExchangeOperations, call: DslCall) => DslAnswer | Promise<DslAnswer>;

const DONE: DslAnswer = {};

/** Operations of the built-in HTTP service of data exchange, by method and name (1c.md 2.3). */
export const DSL_OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET GetIBParameters': (of, { text }) => {
    const { isNodeKnown, ownCode, now } = of.parameters(text('ExchangePlanName'), text('NodeCode'));
    return { ExchangePlanExists: true, NodeExists: isNodeKnown, NodeCode: ownCode, LocalTime: now };
  },
  'GET GetContinuousOperationStatus': (of, { text }) => statusOf(of.job(text('OperationID'))),
  'GET GetFilePart': (of, { text, number, fate }) => of.part(text('FileID'), number('PartNumber'), fate),
  'POST CreateExchangeNode': async (of, { text }) => {
    await of.addNode(text('ExchangePlanName'), text('NodeCode'));
    return DONE;
  },
  'POST PutFilePart': (of, { text, number, body }) => {
    of.putPart(text('FileID') || text('SessionID'), number('PartNumber'), body);
    return DONE;
  },
  'POST SaveFileFromParts': (of, { text, number }) => ({
    FileID: of.joinParts(text('SessionID'), number('PartCount')),
  }),
  'POST PrepareGetFile': (of, { text, number }) => {
    const { transferId, partQuantity } = of.prepareFile(text('FileID'), number('BlockSize'));
    return { TransferID: transferId, FileID: transferId, PartQuantity: partQuantity };
  },
  'POST UploadData': async (of, call) => started(await of.upload(nodeOf(call), mayBeLong(call))),
  'POST DownloadData': (of, call) => load(of, call),
  'POST PutMessageForDataMatching': (of, call) => load(of, call),
  'DELETE ReleaseFile': (of, { text }) => {
    of.release(text('FileID'));
    return DONE;
  },
  'DELETE RemoveExchangeNode': async (of, call) => {
    await of.removeNode(nodeOf(call));
    return DONE;
  },
};

async function load(of: ExchangeOperations, call: DslCall): Promise<DslAnswer> {
  return started(await of.download(nodeOf(call), call.text('FileID'), mayBeLong(call)));
}

function nodeOf({ text, fate }: DslCall): NodeCall {
  return { plan: text('ExchangePlanName'), code: text('NodeCode'), fate };
}

/** A caller has to forbid it. */
function mayBeLong({ text }: DslCall): boolean {
  return text('TimeConsumingOperationAllowed').toLowerCase() !== 'false';
}

function started({ fileId, operationId, isContinuous }: Transfer): DslAnswer {
  return { FileID: fileId, ContinuousOperation: isContinuous, OperationID: isContinuous ? operationId : '' };
}

function statusOf(job: BackgroundJob | undefined): DslAnswer {
  const file = job?.result === undefined ? {} : { FileID: job.result.fileId };
  return { Status: job?.state ?? 'Canceled', ErrorMessage: job?.error ?? '', ...file };
}
