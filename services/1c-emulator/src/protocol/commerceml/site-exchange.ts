import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { OneCConfig } from '../../config.js';
import { unpacked } from '../../flow/exchange/message-archive.js';
import { ExchangeRefusal } from '../../flow/exchange/exchange-refusal.js';
import { LocalTime } from '../../flow/local-time.js';
import { SiteUploads, type SiteSession } from '../../flow/site-uploads.js';
import { cp1251 } from '../http/cp1251.js';
import { ordersDocument, readDocument } from './commerce-document.js';
import { siteLines } from './commerceml.errors.js';

/** One call of 1C after it has logged in. */
export interface SiteCall {
  readonly session: SiteSession;
  readonly fileName: string;
  readonly body: Buffer;
  /** The import never ends. */
  readonly isEndless: boolean;
}

const XML_TYPE = 'application/xml; charset=windows-1251';
const done = (): WireReply => siteLines('success');

/** What the site does in each mode of an exchange (1c.md 2.6). */
@Injectable()
export class SiteExchange {
  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly uploads: SiteUploads,
    private readonly time: LocalTime,
  ) {}

  readonly modes: Readonly<Record<string, (call: SiteCall) => WireReply | Promise<WireReply>>> = {
    'catalog init': ({ session }) => this.init(session),
    'catalog file': (call) => this.file(call),
    'catalog import': (call) => this.import(call),
    'catalog deactivate': done,
    'catalog complete': done,
    'sale init': ({ session }) => this.init(session),
    'sale query': () => new WireReply(200, { 'content-type': XML_TYPE }, cp1251(ordersDocument([], this.time.now()))),
    'sale success': done,
  };

  private init(session: SiteSession): WireReply {
    this.uploads.clear(session);
    return siteLines('zip=yes', `file_limit=${this.config.siteFileBytes}`);
  }

  private file({ session, fileName, body }: SiteCall): WireReply {
    if (fileName === '') throw new ProtocolError('no-file-name');
    const isTaken = body.length <= this.config.siteFileBytes && this.uploads.append(session, fileName, body);
    if (!isTaken) throw new ProtocolError('file-too-large');
    return done();
  }

  /** The first calls only tell how far it is; the last one has read the document. */
  private async import(call: SiteCall): Promise<WireReply> {
    const { session, fileName, isEndless } = call;
    const { name, chunks } = uploaded(session, fileName);
    const step = (session.steps.get(fileName) ?? 0) + 1;
    session.steps.set(fileName, step);
    if (isEndless || step <= this.config.siteImportSteps) return siteLines('progress', `Обработано шагов: ${step}`);
    const found = readDocument(await this.document(name, Buffer.concat(chunks)));
    if (found === undefined) throw new ProtocolError('bad-document');
    session.steps.delete(fileName);
    return siteLines('success', `Загружено товаров: ${found.goods}, предложений: ${found.offers}`);
  }

  private async document(name: string, bytes: Buffer): Promise<Buffer> {
    if (!name.toLowerCase().endsWith('.zip')) return bytes;
    try {
      return await unpacked(bytes, this.config.exchangeMessageBytes);
    } catch (failure) {
      throw failure instanceof ExchangeRefusal
        ? new ProtocolError('bad-document', { message: failure.message })
        : failure;
    }
  }
}

/** The file 1C asks to import: by its own name, or packed in an archive of the same name. */
function uploaded({ files }: SiteSession, fileName: string): { readonly name: string; readonly chunks: Buffer[] } {
  for (const name of [fileName, fileName.replace(/\.xml$/i, '.zip')]) {
    const chunks = files.get(name);
    if (chunks !== undefined) return { name, chunks };
  }
  throw new ProtocolError('file-missing');
}
