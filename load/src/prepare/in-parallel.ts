/** Runs `work` over the items, at most `limit` at a time, results in order. The first error stops the rest and is thrown. */
export async function inParallel<T, R>(items: readonly T[], limit: number, work: (item: T, at: number) => Promise<R>) {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const at = next++;
      try {
        results[at] = await work(items[at] as T, at);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
