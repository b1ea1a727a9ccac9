/** One page of rows kept oldest first, shown newest first. */
export function newestPage<T>(rows: readonly T[], offset: number, limit: number): T[] {
  const end = Math.max(0, rows.length - offset);
  return rows.slice(Math.max(0, end - limit), end).reverse();
}
