import { Injectable } from '@nestjs/common';
import { ProtocolError } from '@poligon/emulator-kit';
import { UNIVERSAL_PLAN } from '../../domain/exchange-plan.js';
import { BackgroundJobs, type BackgroundJob } from '../../flow/exchange/background-jobs.js';
import { DataExchange } from '../../flow/exchange/data-exchange.js';
import { ExchangeFiles } from '../../flow/exchange/exchange-files.js';
import type { ExchangeNode } from '../../flow/exchange/exchange-nodes.js';
import { ExchangeNodes } from '../../flow/exchange/exchange-nodes.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from '../../flow/exchange/exchange-refusal.js';
import { xmlText } from '../xml/xml-text.js';
import type { SoapArguments, SoapHandler, SoapHandlers } from './soap-handlers.js';
import { WrittenXml, type SoapResult, type SoapValue } from './web-service.js';
import { EXCHANGE_PACKAGE } from './wsdl-packages.js';

const KILOBYTE = 1024;
const MODULE = '{ВебСервис.EnterpriseDataExchange_1_0_1_1.Модуль(12)}';

/** Methods of EnterpriseDataExchange_1_0_1_1 and EnterpriseDataUpload_1_0_1_1 (1c.md 2.4). */
@Injectable()
export class EnterpriseDataService {
  constructor(
    private readonly exchange: DataExchange,
    private readonly nodes: ExchangeNodes,
    private readonly jobs: BackgroundJobs,
    private readonly files: ExchangeFiles,
  ) {}

  /** What both services answer. */
  private readonly both: SoapHandlers = {
    Ping: () => ({ returns: '' }),
    PutDataActionResult: (given) => {
      const job = this.jobs.find(given.text('OperationID'));
      return { returns: job?.state ?? 'Canceled', out: { ErrorMessage: job?.error ?? null } };
    },
    PutFilePart: told((given) => {
      if (given.text('FileID') === '')
        throw new ProtocolError('exception', { message: `${MODULE}: ${EXCHANGE_TEXTS.noFileId}` });
      this.files.putPart(given.text('FileID'), given.number('PartNumber'), given.bytes('PartData'));
      return { returns: '', out: { ErrorMessage: null } };
    }),
  };

  readonly exchangeMethods: SoapHandlers = {
    ...this.both,
    TestConnection: told((given, fate) => {
      this.exchange.node(given.text('ExchangePlanName'), given.text('PeerCode'), fate);
      return { returns: true, out: { ErrorMessage: null } };
    }, false),
    PrepareDataForGetting: told((given, fate) => {
      const node = this.node(given, fate);
      const partBytes = Math.max(0, Math.round(given.number('PartSize') * KILOBYTE));
      return started(this.exchange.prepare(given.text('ExchangePlanName'), node, { partBytes }, fate));
    }),
    PrepareDataActionResult: (given) => {
      const job = this.jobs.find(given.text('OperationID'));
      return { returns: preparation(job), out: { ErrorMessage: job?.error ?? null } };
    },
    GetDataPart: told((given, fate) => {
      if (fate.isPartMissing) throw new ExchangeRefusal(EXCHANGE_TEXTS.noPart);
      return {
        returns: this.files.part(given.text('FileID'), given.number('PartNumber')),
        out: { ErrorMessage: null },
      };
    }),
    ConfirmGettingFile: told((given) => {
      if (given.flag('ClearDataPool')) this.files.release(given.text('FileID'));
      return { returns: '', out: { ErrorMessage: null } };
    }),
    PutData: told((given, fate) => {
      const node = this.node(given, fate);
      return started(this.exchange.load(given.text('ExchangePlanName'), node, given.text('FileID'), fate));
    }),
  };

  /** The upload service knows one plan and takes the sender from its first peer. */
  readonly uploadMethods: SoapHandlers = {
    ...this.both,
    TestConnection: told((_given, fate) => {
      this.exchange.node(UNIVERSAL_PLAN, this.firstPeer(), fate);
      return { returns: true, out: { ErrorMessage: null } };
    }, false),
    PutData: told((given, fate) => {
      const node = this.exchange.node(UNIVERSAL_PLAN, this.firstPeer(), fate);
      return started(this.exchange.load(UNIVERSAL_PLAN, node, given.text('FileID'), fate));
    }),
  };

  private node(given: SoapArguments, fate: Parameters<SoapHandler>[1]): ExchangeNode {
    return this.exchange.node(given.text('ExchangePlanName'), given.text('PeerCode'), fate);
  }

  private firstPeer(): string {
    return this.nodes.all(UNIVERSAL_PLAN).find(({ isOwn }) => !isOwn)?.code ?? '';
  }
}

/** Refusals go into ErrorMessage, beside a result that says no. */
function told(handler: SoapHandler, refused: SoapValue = null): SoapHandler {
  return async (given, fate) => {
    try {
      return await handler(given, fate);
    } catch (failure) {
      if (!(failure instanceof ExchangeRefusal)) throw failure;
      return { returns: refused, out: { ErrorMessage: failure.message } };
    }
  };
}

function started({ id }: BackgroundJob): SoapResult {
  return { returns: '', out: { OperationID: id, ErrorMessage: null } };
}

/** A job nobody knows was cancelled. */
function preparation(job: BackgroundJob | undefined): WrittenXml {
  const element = (name: string, value: string | number | undefined | null): string =>
    value === undefined || value === null ? '' : `<e:${name}>${xmlText(String(value))}</e:${name}>`;
  const members = [
    element('ErrorMessage', job?.error),
    element('FileID', job?.result?.fileId),
    element('PartCount', job?.result?.partCount),
    element('Status', job?.state ?? 'Canceled'),
  ];
  return new WrittenXml(members.join(''), `xmlns:e="${EXCHANGE_PACKAGE}"`);
}
