/** What a text column cannot hold (a NUL, half of a surrogate pair), and the escape itself. */
const TROUBLE = /[\\\0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as a column keeps it; different texts stay different. */
export function storedText(text: string): string {
  return text.replace(TROUBLE, (char) =>
    char === '\\' ? '\\\\' : `\\${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text that was stored. */
export function originalText(stored: string): string {
  if (!stored.includes('\\')) return stored;
  return stored.replace(/\\(\\|[0-9a-f]{4})/g, (_, code: string) =>
    code === '\\' ? '\\' : String.fromCharCode(parseInt(code, 16)),
  );
}
