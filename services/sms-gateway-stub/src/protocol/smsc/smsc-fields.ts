import type { FastifyRequest } from 'fastify';
import { subjectOf } from '../../domain/phone.js';
import { fieldsOf, type CharsetOf, type Fields } from '../http/fields.js';

const CHARSETS: ReadonlySet<string> = new Set(['windows-1251', 'utf-8', 'koi8-r']);
const SECRET: ReadonlySet<string> = new Set(['psw', 'apikey']);

/** Section 2.1: text is windows-1251 unless `charset` says otherwise. */
const charsetOf: CharsetOf = (raw) => {
  const named = raw
    .find(([name]) => name === 'charset')?.[1]
    .toString('latin1')
    .toLowerCase();
  return named !== undefined && CHARSETS.has(named) ? named : 'windows-1251';
};

/** Parameters of a call, parsed once. */
export function smscFields(request: FastifyRequest): Fields {
  return fieldsOf(request, charsetOf);
}

/** How the calls are described to faults, journal and spans: the person behind the first phone, the account, no secrets. */
export const smscDescribed = {
  subject: (request: FastifyRequest): string | undefined => {
    const fields = smscFields(request);
    const given = fields.get('phones') ?? fields.get('phone') ?? fields.get('list')?.split(':', 1)[0];
    return subjectOf(given?.split(/[,;]/, 1)[0]);
  },
  client: (request: FastifyRequest): string | undefined => smscFields(request).get('login'),
  facts: (request: FastifyRequest): unknown =>
    Object.fromEntries([...smscFields(request)].filter(([name]) => !SECRET.has(name))),
};
