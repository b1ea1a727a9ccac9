/** Spearman's rank correlation with mean ranks for ties; undefined with fewer than three pairs or without any spread. */
export function spearman(xs: readonly number[], ys: readonly number[]): number | undefined {
  if (xs.length < 3 || xs.length !== ys.length) return undefined;
  const [a, b] = [ranks(xs), ranks(ys)];
  const mean = (xs.length + 1) / 2;
  let [top, left, right] = [0, 0, 0];
  for (const [index, rank] of a.entries()) {
    const [da, db] = [rank - mean, b[index]! - mean];
    top += da * db;
    left += da * da;
    right += db * db;
  }
  return left === 0 || right === 0 ? undefined : top / Math.sqrt(left * right);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const result = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && order[to + 1]!.value === order[from]!.value) to += 1;
    for (let k = from; k <= to; k += 1) result[order[k]!.index] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return result;
}
