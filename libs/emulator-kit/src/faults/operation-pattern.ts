/**
 * Compiles a pattern such as `smsc.*` or `*` into a predicate; `*` stands for any run of characters. Linear in the operation's length
 * whatever the pattern: no regular expression, no backtracking.
 */
export function operationPattern(pattern: string): (operation: string) => boolean {
  if (!pattern.includes('*')) return (operation) => operation === pattern;
  const parts = pattern.split('*');
  const head = parts[0]!;
  const tail = parts.at(-1)!;
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return (operation) => isCovered(operation, { head, middle, tail });
}

interface Glob {
  readonly head: string;
  readonly middle: readonly string[];
  readonly tail: string;
}

/** Leftmost places for the middle parts are always good enough, because only their order matters. */
function isCovered(operation: string, { head, middle, tail }: Glob): boolean {
  if (operation.length < head.length + tail.length || !operation.startsWith(head) || !operation.endsWith(tail)) {
    return false;
  }
  let from = head.length;
  for (const part of middle) {
    const at = operation.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= operation.length - tail.length;
}

/** Length of the literal text in a pattern: the longer, the more specific. */
export function specificity(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.MAX_SAFE_INTEGER;
}
