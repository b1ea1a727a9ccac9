import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `250ms`, `2s`, `5m`, `1.5h`; a bare number is milliseconds. @throws InvalidArgumentError */
export function durationMs(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (found === null) throw new InvalidArgumentError('must be a time such as 250ms, 2s, 5m or 1h.');
  return Number(found[1]) * UNIT_MS[found[2] ?? 'ms']!;
}

/** @throws InvalidArgumentError */
export function numberArgument(text: string): number {
  if (text.trim() === '' || !Number.isFinite(Number(text))) throw new InvalidArgumentError('must be a number.');
  return Number(text);
}
