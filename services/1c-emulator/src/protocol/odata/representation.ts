/** In what form an answer goes (1c.md 2.1, `$format`). */
export type Representation = 'atom' | 'minimal' | 'nometadata' | 'full';

/** What a caller asked for: the option first, then `Accept`; atom when neither says JSON. Undefined: a type nobody knows. */
export function representationOf(format: string | undefined, accept: string | undefined): Representation | undefined {
  if (format !== undefined) return ofType(format.toLowerCase().replaceAll(' ', ''));
  return accept?.toLowerCase().includes('application/json') === true ? ofType(firstJson(accept)) : 'atom';
}

function firstJson(accept: string): string {
  const types = accept.toLowerCase().replaceAll(' ', '').split(',');
  return types.find((type) => type.startsWith('application/json'))!;
}

function ofType(type: string): Representation | undefined {
  if (type === 'atom' || type.startsWith('application/atom+xml')) return 'atom';
  if (type !== 'json' && !type.startsWith('application/json')) return undefined;
  if (type.includes('odata=nometadata')) return 'nometadata';
  return type.includes('odata=fullmetadata') ? 'full' : 'minimal';
}
