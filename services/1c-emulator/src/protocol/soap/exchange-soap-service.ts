import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ProtocolError } from '@poligon/emulator-kit';
import type { OneCConfig } from '../../config.js';
import type { ExchangeFate } from '../../flow/exchange/exchange-fate.js';
import { ExchangeOperations, type NodeCall, type Transfer } from '../../flow/exchange/exchange-operations.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from '../../flow/exchange/exchange-refusal.js';
import { packed, unpacked } from '../../flow/exchange/message-archive.js';
import { ExchangeTasks } from './exchange-tasks.js';
import { nodeParameters } from './node-parameters.js';
import type { SoapArguments, SoapHandler, SoapHandlers } from './soap-handlers.js';
import { readStoredText, writeStoredText } from './value-storage.codec.js';
import { internalStructure, structureXml } from './v8-structure.js';
import type { SoapResult } from './web-service.js';

const DONE: SoapResult = { returns: '' };

/** Methods of the services `Exchange*`: the same operations as the HTTP service of data exchange has (1c.md 2.4). */
@Injectable()
export class ExchangeSoapService {
  private readonly tasks: ExchangeTasks;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly exchange: ExchangeOperations,
  ) {
    this.tasks = new ExchangeTasks(exchange);
  }

  /** Methods of one version; a refusal becomes an exception of its module. */
  methods(version: string): SoapHandlers {
    const isOld = version === 'Exchange' || version === 'Exchange_2_0_1_6';
    const all: SoapHandlers = {
      ...this.messages,
      ...this.transfers,
      ...this.files,
      ...this.nodes,
      ...this.tasks.handlers,
      GetIBParameters: (given) => this.parameters(given, isOld),
    };
    return Object.fromEntries(
      Object.entries(all).map(([name, handler]): [string, SoapHandler] => [name, raising(version, handler)]),
    );
  }

  /** Whole messages inside the envelope. */
  private readonly messages: SoapHandlers = {
    Upload: async (given, fate) => {
      const { fileId } = await this.exchange.upload(messageNode(given, fate), false);
      const bytes = await unpacked(this.exchange.wholeFile(fileId), this.config.exchangeMessageBytes);
      this.exchange.release(fileId);
      const text = bytes.toString('utf8').replace(/^\ufeff/, '');
      return { returns: '', out: { ExchangeMessageStorage: await writeStoredText(text) } };
    },
    Download: async (given, fate) => {
      const maxBytes = this.config.exchangeMessageBytes;
      const text = await readStoredText(given.bytes('ExchangeMessageStorage'), maxBytes);
      if (text === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.notMessage);
      const fileId = this.exchange.fileOf(await packed(once(text), maxBytes));
      await this.exchange.download(messageNode(given, fate), fileId, false);
      return DONE;
    },
  };

  /** Messages in files, written and loaded by background jobs. */
  private readonly transfers: SoapHandlers = {
    Ping: () => DONE,
    TestConnection: (given, fate) => {
      try {
        this.exchange.requireNode(nodeOf(given, fate));
        return { returns: true, out: { Result: '' } };
      } catch (failure) {
        if (!(failure instanceof ExchangeRefusal)) throw failure;
        return { returns: false, out: { Result: failure.message } };
      }
    },
    UploadData: async (given, fate) => {
      const transfer = await this.exchange.upload(nodeOf(given, fate), given.flag('ContinuousOperationAllowed'));
      return { returns: '', out: { FileID: transfer.fileId, ...operation(transfer) } };
    },
    DownloadData: async (given, fate) => {
      const isBackground = given.flag('ContinuousOperationAllowed');
      const transfer = await this.exchange.download(nodeOf(given, fate), given.text('FileID'), isBackground);
      return { returns: '', out: operation(transfer) };
    },
    PutMessageForDataMatching: async (given, fate) => {
      await this.exchange.download(nodeOf(given, fate, 'NodeID'), given.text('FileID'), true);
      return DONE;
    },
    GetContinuousOperationStatus: (given) => {
      const job = this.exchange.job(given.text('OperationID'));
      return { returns: job?.state ?? 'Canceled', out: { ErrorMessageString: job?.error ?? '' } };
    },
  };

  private readonly files: SoapHandlers = {
    PrepareGetFile: (given) => {
      const { transferId, partQuantity } = this.exchange.prepareFile(given.text('FileId'), given.number('BlockSize'));
      return { returns: '', out: { TransferId: transferId, PartQuantity: partQuantity } };
    },
    GetFilePart: (given, fate) => ({
      returns: '',
      out: { PartData: this.exchange.part(given.text('TransferId'), given.number('PartNumber'), fate) },
    }),
    ReleaseFile: (given) => {
      this.exchange.release(given.text('TransferId'));
      return DONE;
    },
    PutFilePart: (given) => {
      this.exchange.putPart(given.text('TransferId'), given.number('PartNumber'), given.bytes('PartData'));
      return DONE;
    },
    SaveFileFromParts: (given) => ({
      returns: '',
      out: { FileId: this.exchange.joinParts(given.text('TransferId'), given.number('PartQuantity')) },
    }),
  };

  private readonly nodes: SoapHandlers = {
    CreateExchangeNode: async (given) => {
      const { plan, code } = nodeParameters(given.members('Parameters'));
      await this.exchange.addNode(plan, code);
      return DONE;
    },
    RemoveExchangeNode: async (given, fate) => {
      await this.exchange.removeNode(nodeOf(given, fate, 'NodeID'));
      return DONE;
    },
    ChangeNodeTransportToWSInt: (given, fate) => {
      const { plan, code } = nodeParameters(given.members('Parameters'));
      this.exchange.requireNode({ plan, code, fate });
      return DONE;
    },
  };

  /** Versions before 3.0.1.1 answer in 1C's own notation of values. */
  private parameters(given: SoapArguments, isOld: boolean): SoapResult {
    const { isNodeKnown, ownCode, now } = this.exchange.parameters(
      given.text('ExchangePlanName'),
      given.text('NodeCode'),
    );
    const members = { ExchangePlanExists: true, NodeExists: isNodeKnown, NodeCode: ownCode, LocalTime: now };
    return { returns: isOld ? internalStructure(members) : structureXml(members), out: { ErrorMessage: '' } };
  }
}

function nodeOf(given: SoapArguments, fate: ExchangeFate, code = 'NodeCode'): NodeCall {
  return { plan: given.text('ExchangePlanName'), code: given.text(code), fate };
}

function messageNode(given: SoapArguments, fate: ExchangeFate): NodeCall {
  return nodeOf(given, fate, 'InfobaseNodeCode');
}

function operation({ isContinuous, operationId }: Transfer) {
  return { ContinuousOperation: isContinuous, Operation: isContinuous ? operationId : '' };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function raising(version: string, handler: SoapHandler): SoapHandler {
  return async (given, fate) => {
    try {
      return await handler(given, fate);
    } catch (failure) {
      if (!(failure instanceof ExchangeRefusal)) throw failure;
      throw new ProtocolError('exception', { message: `{ВебСервис.${version}.Модуль(12)}: ${failure.message}` });
    }
  };
}
