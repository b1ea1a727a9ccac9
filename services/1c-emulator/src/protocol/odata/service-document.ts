import type { WireReply } from '@poligon/emulator-kit';
import type { Configuration } from '../../domain/configuration.js';
import { JSON_TYPE } from './json-writer.js';
import type { ODataCall } from './odata-call.js';
import { odataText } from './odata-reply.js';
import { xmlText } from '../xml/xml-text.js';

/** The list of sets: what GET of the root shows (1c.md 2.1, Service document). */
export function serviceDocument({ sets }: Configuration, { form, root }: ODataCall): WireReply {
  const names = [...sets].map(({ name }) => name);
  if (form !== 'atom') {
    const metadata = form === 'nometadata' ? {} : { 'odata.metadata': `${root}/$metadata` };
    return odataText(JSON.stringify({ ...metadata, value: names.map((name) => ({ name, url: name })) }), JSON_TYPE);
  }
  const collections = names.map((name) => `<collection href="${name}"><atom:title>${name}</atom:title></collection>`);
  const body =
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<service xmlns="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom" ' +
    `xml:base="${xmlText(root)}"><workspace><atom:title>Default</atom:title>${collections.join('')}</workspace></service>`;
  return odataText(body, 'application/atomsvc+xml;charset=utf-8');
}
