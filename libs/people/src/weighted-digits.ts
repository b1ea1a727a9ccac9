/**
 * Weighted sums of all four-digit groups, most significant digit first: the check number of a long identifier is then two
 * look-ups and an addition instead of a division per digit.
 */
export function groupSums(weights: readonly [number, number, number, number]): Uint16Array {
  const [thousands, hundreds, tens, units] = weights;
  return Uint16Array.from({ length: 10_000 }, (_, group) => {
    const digit = (power: number): number => Math.trunc(group / power) % 10;
    return digit(1000) * thousands + digit(100) * hundreds + digit(10) * tens + digit(1) * units;
  });
}
