import { All, Controller, Inject, Req } from '@nestjs/common';
import { CurrentExchange, Operation, ProtocolError, WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { loginOf, WebServiceDoor } from '../http/web-service-door.js';
import { HTTP_SERVICES, type HttpServices, type ScriptedReply, type ServiceTemplate } from './http-service-file.js';
import { segmentsIn } from './url-template.js';

const BEFORE = /^\/[^/]*\/+hs\/*/;

/** HTTP services of the publication, `/hs/<rootUrl>/…`: each call answers what its template says. */
@Controller('hs')
export class HttpServiceController {
  constructor(
    private readonly door: WebServiceDoor,
    @Inject(HTTP_SERVICES) private readonly services: HttpServices,
  ) {}

  @All('*')
  @Operation('hs.call', { about: 'call of an HTTP service', client: loginOf, facts: serviceFacts })
  call(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.door.serve(request, exchange, async () => this.answer(request));
  }

  private answer({ raw, url, method }: FastifyRequest): WireReply {
    const [rootUrl, ...path] = pathOf(raw.url ?? url);
    const fitting = fittingTemplates(this.services.get(rootUrl ?? '') ?? [], path);
    const [best, next] = fitting;
    if (best === undefined) throw new ProtocolError('no-template');
    if (next !== undefined && best.found.template.compare(next.found.template) === 0) {
      throw new ProtocolError('handler-exception', { message: 'Неоднозначное соответствие шаблонов URL' });
    }
    const reply = best.found.methods.get(method) ?? best.found.methods.get('ANY');
    if (reply === undefined) throw new ProtocolError('no-method');
    return scripted(reply, best.parameters);
  }
}

interface Fitting {
  readonly found: ServiceTemplate;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Closest first. */
function fittingTemplates(templates: readonly ServiceTemplate[], path: readonly string[]): Fitting[] {
  const fitting = templates.flatMap((found): Fitting[] => {
    const parameters = found.template.match(path);
    return parameters === undefined ? [] : [{ found, parameters }];
  });
  return fitting.sort((left, right) => left.found.template.compare(right.found.template));
}

function scripted(reply: ScriptedReply, parameters: ReadonlyMap<string, string>): WireReply {
  if (reply.throw !== undefined) throw new ProtocolError('handler-exception', { message: reply.throw });
  const isJson = reply.json !== undefined;
  const text = isJson ? JSON.stringify(filled(reply.json, parameters)) : filledText(reply.body ?? '', parameters);
  const type: Record<string, string> = isJson ? { 'content-type': 'application/json; charset=utf-8' } : {};
  return new WireReply(reply.status, { ...type, ...reply.headers }, text);
}

function filled(value: unknown, parameters: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return filledText(value, parameters);
  if (Array.isArray(value)) return value.map((item) => filled(item, parameters));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, parameters)]));
}

function filledText(text: string, parameters: ReadonlyMap<string, string>): string {
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => parameters.get(name) ?? whole);
}

function serviceFacts(request: FastifyRequest): { readonly service: string } {
  return { service: pathOf(request.raw.url ?? request.url)[0] ?? '' };
}

/** Decoded segments below `/hs`; what cannot be decoded stays as it came. */
function pathOf(url: string): string[] {
  const path = url.split('?', 1)[0]!.replace(BEFORE, '');
  return segmentsIn(path).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
