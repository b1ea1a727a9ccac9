/** A template of an HTTP service: exact segments, `{name}` for one segment, a last `*` for any number of them (1c.md 2.3). */
export class UrlTemplate {
  private readonly parts: readonly string[];
  private readonly isOpen: boolean;

  constructor(readonly text: string) {
    const parts = segmentsIn(text);
    this.isOpen = parts.at(-1) === '*';
    this.parts = this.isOpen ? parts.slice(0, -1) : parts;
  }

  /** Parameters of a path that fits, letter case mattering; undefined for one that does not. */
  match(path: readonly string[]): ReadonlyMap<string, string> | undefined {
    if (path.length < this.parts.length || (path.length > this.parts.length && !this.isOpen)) return undefined;
    const parameters = new Map<string, string>();
    for (const [nth, part] of this.parts.entries()) {
      const name = parameterName(part);
      if (name !== undefined) parameters.set(name, path[nth]!);
      else if (part !== path[nth]) return undefined;
    }
    if (this.isOpen) parameters.set('*', path.slice(this.parts.length).join('/'));
    return parameters;
  }

  /** Which of two templates that fit is closer: an exact segment before `{x}` before `*`; 0: neither, which is an error in 1C. */
  compare(other: UrlTemplate): number {
    const length = Math.max(this.parts.length, other.parts.length);
    for (let nth = 0; nth < length; nth += 1) {
      const difference = weight(this.parts[nth]) - weight(other.parts[nth]);
      if (difference !== 0) return difference;
    }
    return Number(this.isOpen) - Number(other.isOpen);
  }
}

/** Segments of a path without its empty ones. */
export function segmentsIn(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function parameterName(part: string): string | undefined {
  return part.startsWith('{') && part.endsWith('}') ? part.slice(1, -1) : undefined;
}

function weight(part: string | undefined): number {
  if (part === undefined) return 2;
  return parameterName(part) === undefined ? 0 : 1;
}
