import { WireReply } from '@poligon/emulator-kit';

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Characters XML 1.0 cannot hold. */
const FORBIDDEN = new RegExp('[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]', 'g');

/** Text inside an element or attribute; characters XML cannot hold are left out. */
export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[<>&"]/g, (character) => ESCAPES[character]!);
}

/** An XML document as the provider sends it. */
export function xmlReply(root: string): WireReply {
  return WireReply.text(`<?xml version="1.0" encoding="utf-8"?>\n${root}`, 200, 'text/xml; charset=utf-8');
}
