const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}

/** Page of the platform's own failure (1c.md 3). */
export function crashPage(reason: string): string {
  return (
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><html><head><title>1C:Enterprise 8 application error</title></head>' +
    '<body><h2>1C:Enterprise 8 application error:</h2>Unrecoverable error<br><b>by reason: </b><br>' +
    `${escaped(reason)}</body></html>`
  );
}

/** Page of the web server in front of 1C. */
export function webServerPage(status: number, phrase: string): string {
  const title = `${status} ${escaped(phrase)}`;
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

/** Start page of the web client: what the root of a publication shows. */
export function startPage(publication: string): string {
  return (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>1С:Предприятие</title></head>' +
    `<body><h1>1С:Предприятие</h1><p>${escaped(publication)}</p></body></html>`
  );
}
