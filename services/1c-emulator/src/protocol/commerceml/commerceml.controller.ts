import { All, Controller, Req } from '@nestjs/common';
import { CurrentExchange, Operation, ProtocolError, WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { SiteUploads } from '../../flow/site-uploads.js';
import { loginOf, WebServiceDoor } from '../http/web-service-door.js';
import { siteLines } from './commerceml.errors.js';
import { SiteExchange } from './site-exchange.js';

const COOKIE = 'PHPSESSID';
const MODES = ['checkauth', 'init', 'file', 'import', 'deactivate', 'complete', 'query', 'success'];

/** The web site 1C exchanges goods and orders with: CommerceML 2 as Bitrix speaks it (1c.md 2.6). */
@Controller('bitrix/admin/1c_exchange.php')
export class CommercemlController {
  constructor(
    private readonly door: WebServiceDoor,
    private readonly uploads: SiteUploads,
    private readonly exchange: SiteExchange,
  ) {}

  @All()
  @Operation('commerceml.call', {
    about: 'call of 1C to its web site; finer names by mode',
    client: loginOf,
    facts: (request) => ({ type: queryOf(request).get('type') ?? '', mode: queryOf(request).get('mode') ?? '' }),
    refine: (request) => {
      const mode = queryOf(request).get('mode') ?? '';
      return MODES.includes(mode) ? `commerceml.${mode}` : undefined;
    },
    also: MODES.map((mode) => `commerceml.${mode}`),
  })
  async call(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const query = queryOf(request);
    const [type, mode] = [query.get('type') ?? '', query.get('mode') ?? ''];
    if (type !== 'catalog' && type !== 'sale') throw new ProtocolError('unknown-mode');
    if (mode === 'checkauth') return this.login(request);
    const session = this.uploads.find(cookieOf(request));
    if (session === undefined) throw new ProtocolError('bad-source');
    const key = `${type} ${mode}`;
    const handler = Object.hasOwn(this.exchange.modes, key) ? this.exchange.modes[key]! : undefined;
    if (handler === undefined) throw new ProtocolError('unknown-mode');
    const isEndless = exchange.hinted('commerceml-endless-progress') === true;
    return handler({ session, fileName: query.get('filename') ?? '', body: bytesOf(request.body), isEndless });
  }

  private login(request: FastifyRequest): WireReply {
    if (!this.door.isKnown(request)) throw new ProtocolError('not-authorised');
    return siteLines('success', COOKIE, this.uploads.open());
  }
}

function queryOf({ raw, url }: FastifyRequest): URLSearchParams {
  return new URLSearchParams((raw.url ?? url).split('?', 2)[1] ?? '');
}

function cookieOf({ headers }: FastifyRequest): string {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([^;\\s]+)`).exec(headers.cookie ?? '')?.[1] ?? '';
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : '', 'utf8');
}
