/** Tells the bench that a server listens, and dies with it. */
export function announce(ready: Readonly<Record<string, unknown>>): void {
  process.on('disconnect', () => process.exit(0));
  process.send?.(ready);
}
