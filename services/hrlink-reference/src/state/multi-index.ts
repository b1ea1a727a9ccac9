/** Key → ids in order of adding. */
export class MultiIndex {
  private readonly sets = new Map<string, Set<string>>();

  add(key: string, id: string): void {
    const ids = this.sets.get(key);
    if (ids === undefined) this.sets.set(key, new Set([id]));
    else ids.add(id);
  }

  remove(key: string, id: string): void {
    const ids = this.sets.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.sets.delete(key);
  }

  ids(key: string): string[] {
    return [...(this.sets.get(key) ?? [])];
  }

  clear(): void {
    this.sets.clear();
  }
}
