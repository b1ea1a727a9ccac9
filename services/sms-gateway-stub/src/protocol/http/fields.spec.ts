import fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import { fieldsOf, type CharsetOf } from './fields.js';

const request = (url: string, body?: unknown, type?: string) =>
  ({ raw: { url }, body, headers: { 'content-type': type } }) as unknown as FastifyRequest;
const cp1251: CharsetOf = () => 'windows-1251';

describe('fieldsOf', () => {
  it.each([
    ['the query', request('/x?a=1&b=%D0%AF+z'), { a: '1', b: 'Я z' }],
    ['a form', request('/x', Buffer.from('a=1&b=2%')), { a: '1', b: '2%' }],
    ['query before form', request('/x?a=1', Buffer.from('a=2&b=3')), { a: '1', b: '3' }],
    ['flat JSON', request('/x', { a: 1, b: true, c: { d: 1 }, e: 'я' }), { a: '1', b: 'true', e: 'я' }],
    ['names in brackets', request('/x?to%5B79430000001%5D=t'), { 'to[79430000001]': 't' }],
    ['a name without a value', request('/x?a'), { a: '' }],
  ])('reads %s', (_, call, fields) => {
    expect(Object.fromEntries(fieldsOf(call))).toEqual(fields);
  });

  it('reads multipart parts, files included', () => {
    const body = [
      '--b0\r\nContent-Disposition: form-data; name="mes"\r\n\r\nтекст\r\n',
      '--b0\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: text/plain\r\n\r\nx\r\ny\r\n',
      '--b0\r\nno header end',
      '--b0--\r\n',
    ].join('');
    const call = request('/x?q=1', Buffer.from(body), 'multipart/form-data; boundary=b0');
    expect(Object.fromEntries(fieldsOf(call))).toEqual({ q: '1', mes: 'текст', file: 'x\r\ny' });
  });

  it('decodes in the charset it is told', () => {
    expect(fieldsOf(request('/x?mes=%CA%EE%E4'), cp1251).get('mes')).toBe('Код');
  });

  it('never throws', () => {
    const type = fc.constantFrom('multipart/form-data; boundary=b', 'multipart/form-data', 'x', undefined);
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), type, (query, bytes, contentType) => {
        fieldsOf(request(`/x?${query}`, Buffer.from(bytes), contentType));
        fieldsOf(request('/x', Buffer.from(`--b${Buffer.from(bytes).toString('latin1')}--b`), contentType));
      }),
    );
  });
});
