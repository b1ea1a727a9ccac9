import { OutgoingError, type OutgoingHttp, type OutgoingReply } from '@poligon/emulator-kit';
import type { OneCConfig } from '../../config.js';
import { noteCall } from '../../domain/job-run.js';
import type { OneCTime } from '../../schedule/one-c-time.js';
import type { RunSession } from '../hrlink/portal-connection.js';
import { PortalFailure } from '../hrlink/portal-failure.js';

const USER_AGENT = '1C+Enterprise/8.3';
const PAGE = '/bitrix/admin/1c_exchange.php';

/** Texts of 1C about its site; no official wording is known. */
export const SITE_TEXTS = {
  noSite: 'Не указан адрес сайта для обмена',
  unreachable: (cause: string) => `Сайт не ответил: ${cause}`,
  refused: (mode: string, text: string) => `Сайт ответил ошибкой (${mode}): ${text}`,
  endless: (file: string, calls: number) => `Сайт не завершил загрузку файла ${file} за ${calls} обращений`,
} as const;

export type ExchangeType = 'catalog' | 'sale';

/** What one exchange with the site needs. */
export interface SiteParts {
  readonly config: OneCConfig;
  readonly http: OutgoingHttp;
  readonly time: OneCTime;
}

/** Calls of one exchange with the web site, one after another (1c.md 2.6). */
export class SiteConnection {
  private cookie = '';

  constructor(
    private readonly parts: SiteParts,
    readonly session: RunSession,
    private readonly type: ExchangeType,
  ) {}

  /** Logs in and takes the cookie of the exchange. @throws PortalFailure */
  async login(): Promise<void> {
    const [, name = '', value = ''] = await this.lines('checkauth');
    this.cookie = `${name}=${value}`;
  }

  /** @returns whether the site takes archives, and bytes of one chunk */
  async init(): Promise<{ readonly isZip: boolean; readonly fileLimit: number }> {
    const lines = await this.lines('init');
    const limit = Number(lines.find((line) => line.startsWith('file_limit='))?.slice('file_limit='.length));
    return { isZip: lines.includes('zip=yes'), fileLimit: limit > 0 ? limit : Number.MAX_SAFE_INTEGER };
  }

  /** Sends a file in chunks of at most `limit` bytes. */
  async upload(name: string, bytes: Buffer, limit: number): Promise<void> {
    for (let at = 0; at < bytes.length; at += limit) {
      await this.lines('file', name, bytes.subarray(at, at + limit));
    }
  }

  /** Asks for the import until the site says it is done. @throws PortalFailure when it never does */
  async import(name: string): Promise<void> {
    const { siteImportCalls } = this.parts.config;
    for (let call = 0; call < siteImportCalls; call += 1) {
      const [word] = await this.lines('import', name);
      if (word === 'success') return;
    }
    throw new PortalFailure(SITE_TEXTS.endless(name, siteImportCalls));
  }

  /** One call. @returns the lines of its answer @throws PortalFailure for `failure`, RunInterrupted */
  async lines(mode: string, fileName?: string, body?: Buffer): Promise<readonly string[]> {
    const text = new TextDecoder('windows-1251').decode(await this.send(mode, fileName, body));
    const lines = text.split('\n').map((line) => line.trim());
    if (lines[0] === 'failure') throw new PortalFailure(SITE_TEXTS.refused(mode, lines.slice(1).join(' ')));
    return lines;
  }

  private async send(mode: string, fileName?: string, body?: Buffer): Promise<Buffer> {
    const { config, http, time } = this.parts;
    this.session.control.check();
    const startedMs = time.clock.monotonicMs();
    const name = fileName === undefined ? '' : `&filename=${encodeURIComponent(fileName)}`;
    const reply = await http
      .call({
        name: `site.${this.type}.${mode}`,
        method: body === undefined ? 'GET' : 'POST',
        url: `${config.siteUrl}${PAGE}?type=${this.type}&mode=${mode}${name}`,
        headers: this.headers(body !== undefined),
        timeoutMs: config.callTimeoutMs,
        ...(body === undefined ? {} : { body }),
      })
      .catch((failure: unknown) => {
        if (failure instanceof OutgoingError) return failure;
        throw failure;
      });
    const status = reply instanceof OutgoingError ? null : reply.status;
    const durationMs = Math.round((time.clock.monotonicMs() - startedMs) * 1000) / 1000;
    noteCall(this.session.run, { operation: `site.${this.type}.${mode}`, status, code: null, durationMs });
    return bodyOf(reply, mode);
  }

  private headers(hasBody: boolean): Record<string, string> {
    const { siteUser } = this.parts.config;
    return {
      'user-agent': USER_AGENT,
      ...(siteUser === undefined ? {} : { authorization: `Basic ${Buffer.from(siteUser, 'utf8').toString('base64')}` }),
      ...(this.cookie === '' ? {} : { cookie: this.cookie }),
      ...(hasBody ? { 'content-type': 'application/octet-stream' } : {}),
    };
  }
}

function bodyOf(reply: OutgoingReply | OutgoingError, mode: string): Buffer {
  if (reply instanceof OutgoingError) throw new PortalFailure(SITE_TEXTS.unreachable(reply.message));
  if (reply.status !== 200) throw new PortalFailure(SITE_TEXTS.refused(mode, `HTTP ${reply.status}`));
  return reply.body;
}
