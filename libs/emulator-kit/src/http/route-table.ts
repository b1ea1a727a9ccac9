/** Remembers which paths exist, to tell an unknown path from a wrong method. */
export class RouteTable {
  private readonly patterns = new Map<string, { readonly expression: RegExp; readonly methods: Set<string> }>();

  add(method: string | readonly string[], url: string): void {
    const entry = this.patterns.get(url) ?? { expression: pathExpression(url), methods: new Set<string>() };
    for (const name of [method].flat()) entry.methods.add(name);
    this.patterns.set(url, entry);
  }

  /** Methods allowed on a path, sorted; empty when the path is unknown. */
  methodsOf(url: string): readonly string[] {
    const path = normalised(url.split('?', 1)[0]!);
    const methods = new Set<string>();
    for (const entry of this.patterns.values()) {
      if (entry.expression.test(path)) for (const method of entry.methods) methods.add(method);
    }
    return [...methods].sort();
  }
}

/** Paths compare as the listener does it: repeated slashes merged, no slash at the end. */
function normalised(path: string): string {
  const merged = path.replace(/\/{2,}/g, '/');
  return merged.length > 1 ? merged.replace(/\/$/, '') : merged;
}

function pathExpression(url: string): RegExp {
  const source = normalised(url)
    .split(/(:[A-Za-z0-9_]+|\*)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}
