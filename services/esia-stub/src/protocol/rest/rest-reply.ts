import { WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';

/** Schema address a client may name in `Accept`; the answer's Content-Type repeats it. */
const SCHEMA = /schema="([\x21\x23-\x7e]{1,300})"/;

/** JSON of `/rs`. */
export function restReply(request: FastifyRequest, body: object): WireReply {
  const schema = SCHEMA.exec(request.headers.accept ?? '')?.[1];
  const type = schema === undefined ? 'application/json;charset=UTF-8' : `application/json; schema="${schema}"`;
  return WireReply.json(body, 200, type);
}
