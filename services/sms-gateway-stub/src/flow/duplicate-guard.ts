/** Submissions remembered at once; beyond it the oldest are forgotten early. */
const MAX_REMEMBERED = 100_000;

/** Remembers submissions for a while to recognise one that is sent again. */
export class DuplicateGuard {
  private readonly seen = new Map<string, number>();

  constructor(private readonly windowMs: number) {}

  /** True when `key` was asked within the window; remembers it otherwise. A window of 0 remembers nothing. */
  isRepeated(key: string, nowMs: number): boolean {
    if (this.windowMs === 0) return false;
    const lastMs = this.seen.get(key);
    if (lastMs !== undefined && nowMs - lastMs < this.windowMs) return true;
    this.seen.delete(key);
    this.seen.set(key, nowMs);
    this.forget(nowMs);
    return false;
  }

  clear(): void {
    this.seen.clear();
  }

  private forget(nowMs: number): void {
    for (const [key, atMs] of this.seen) {
      if (nowMs - atMs < this.windowMs && this.seen.size <= MAX_REMEMBERED) return;
      this.seen.delete(key);
    }
  }
}
