import { peekCmpBody } from '@poligon/pki';
import type { FastifyRequest } from 'fastify';

/** Operation of each kind of request; `cmp.message` stands for any other body. */
export const CMP_OPERATIONS = {
  ir: 'cmp.ir',
  cr: 'cmp.cr',
  kur: 'cmp.kur',
  p10cr: 'cmp.p10cr',
  rr: 'cmp.rr',
  genm: 'cmp.genm',
  certConf: 'cmp.cert-conf',
  pollReq: 'cmp.poll-req',
} as const;

export type CmpRequestName = keyof typeof CMP_OPERATIONS;

export const isCmpRequest = (name: string | undefined): name is CmpRequestName =>
  name !== undefined && Object.hasOwn(CMP_OPERATIONS, name);

/** The operation a message asks for. */
export function cmpOperation({ body }: FastifyRequest): string | undefined {
  const name = Buffer.isBuffer(body) ? peekCmpBody(body) : undefined;
  return isCmpRequest(name) ? CMP_OPERATIONS[name] : undefined;
}
