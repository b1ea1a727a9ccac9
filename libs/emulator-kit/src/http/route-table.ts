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
    const path = url.split('?', 1)[0]!;
    const methods = new Set<string>();
    for (const entry of this.patterns.values()) {
      if (entry.expression.test(path)) for (const method of entry.methods) methods.add(method);
    }
    return [...methods].sort();
  }
}

function pathExpression(url: string): RegExp {
  const source = url
    .split(/(:[A-Za-z0-9_]+|\*)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}
