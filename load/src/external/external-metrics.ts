import { request } from 'undici';
import { z } from 'zod';
import type { HoldObservation } from '../verdict/observation.js';

/** A threshold on somebody else's metric, asked from Prometheus at the end of every hold. */
export interface ExternalThreshold {
  name: string;
  /** Base address of Prometheus. */
  prometheus: string;
  /** PromQL that gives a scalar or a vector; of a vector the worst value counts. */
  query: string;
  min?: number;
  max?: number;
}

/** One line of external.json; `error` when the value could not be had: then nothing is judged. */
export interface ExternalReading {
  name: string;
  step: number;
  value?: number;
  limit: number;
  passed?: boolean;
  error?: string;
}

const TIMEOUT_MS = 5000;
const number = z.tuple([z.number(), z.coerce.number()]).transform(([, value]) => value);
const answer = z.object({
  data: z.union([
    z.object({ resultType: z.literal('scalar'), result: number.transform((value) => [value]) }),
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ value: number }).transform((v) => v.value)),
    }),
  ]),
});

/** Asks every threshold for the end of every hold. Never rejects: a silent Prometheus is recorded, not blamed on the system. */
export async function readExternal(
  thresholds: readonly ExternalThreshold[],
  holds: readonly HoldObservation[],
): Promise<ExternalReading[]> {
  const readings: ExternalReading[] = [];
  for (const hold of holds) for (const threshold of thresholds) readings.push(await readOne(threshold, hold));
  return readings;
}

async function readOne(threshold: ExternalThreshold, hold: HoldObservation): Promise<ExternalReading> {
  const { name, max, min } = threshold;
  const limit = max ?? min ?? 0;
  const known = { name, step: hold.step, limit };
  try {
    const values = await ask(threshold, hold.finishedAt / 1000);
    if (values.length === 0) return { ...known, error: 'the query gave no value' };
    const value = max === undefined ? Math.min(...values) : Math.max(...values);
    const passed = values.every((each) => each <= (max ?? Infinity) && each >= (min ?? -Infinity));
    return { ...known, value, passed };
  } catch (error) {
    return { ...known, error: (error as Error).message.split('\n')[0] };
  }
}

async function ask({ prometheus, query }: ExternalThreshold, atSeconds: number): Promise<number[]> {
  const parameters = new URLSearchParams({ query, time: atSeconds.toFixed(3) });
  const { statusCode, body } = await request(`${prometheus}/api/v1/query?${parameters.toString()}`, {
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  const parsed = answer.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error('neither a scalar nor a vector');
  return parsed.data.data.result.filter((value) => !Number.isNaN(value));
}
