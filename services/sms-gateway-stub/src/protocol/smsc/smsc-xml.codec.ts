import { WireReply } from '@poligon/emulator-kit';

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Text inside an element or attribute; characters XML 1.0 cannot hold are left out. */
export function xmlText(text: string): string {
  return [...text]
    .filter((character) => character >= ' ' || character === '\n' || character === '\t' || character === '\r')
    .map((character) => ESCAPES[character] ?? character)
    .join('');
}

/** An XML document as the provider sends it. */
export function xmlReply(root: string): WireReply {
  return WireReply.text(`<?xml version="1.0" encoding="utf-8"?>\n${root}`, 200, 'text/xml; charset=utf-8');
}
