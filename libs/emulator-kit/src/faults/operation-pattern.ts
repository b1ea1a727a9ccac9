/** Compiles a pattern such as `smsc.*` or `*` into a predicate; `*` stands for any run of characters. */
export function operationPattern(pattern: string): (operation: string) => boolean {
  if (!pattern.includes('*')) return (operation) => operation === pattern;
  const escaped = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const expression = new RegExp(`^${escaped}$`);
  return (operation) => expression.test(operation);
}

/** Length of the literal text in a pattern: the longer, the more specific. */
export function specificity(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.MAX_SAFE_INTEGER;
}
