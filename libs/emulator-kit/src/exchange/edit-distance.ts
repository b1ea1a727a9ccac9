/** Longest texts that are compared letter by letter; the rest of longer ones counts as different. */
const MAX_LENGTH = 60;

/** Letters to insert, delete or replace to make one text of the other (Levenshtein). */
export function editDistance(left: string, right: string): number {
  const [a, b] = [left.slice(0, MAX_LENGTH), right.slice(0, MAX_LENGTH)];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced));
    }
    row = next;
  }
  return row[b.length]! + Math.max(0, Math.max(left.length, right.length) - MAX_LENGTH);
}

/** 0 for equal texts, 1 for texts that have nothing in common. */
export function unlikeness(left: string, right: string): number {
  if (left === right) return 0;
  return Math.min(1, editDistance(left, right) / Math.max(left.length, right.length, 1));
}
