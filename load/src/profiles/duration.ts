import { z } from 'zod';

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/** Duration as people write it (`250ms`, `10s`, `20m`, `12h`), read into milliseconds. */
export const duration = z
  .string({ error: 'must be a duration such as 250ms, 10s, 20m or 12h' })
  .regex(DURATION, 'must be a duration such as 250ms, 10s, 20m or 12h')
  .transform((text) => {
    const [, amount, unit] = DURATION.exec(text) as RegExpExecArray;
    return Number(amount) * (UNIT_MS[unit as string] as number);
  });
