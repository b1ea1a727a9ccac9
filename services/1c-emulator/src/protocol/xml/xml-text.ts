const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters XML 1.0 cannot carry. */
// eslint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
// eslint-disable-next-line no-control-regex
const ALL_ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as XML content or attribute; what XML cannot carry is left out. */
export function xmlText(text: string): string {
  return text.replace(ALL_ILLEGAL, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}

export function hasIllegalXml(text: string): boolean {
  return ILLEGAL.test(text);
}
