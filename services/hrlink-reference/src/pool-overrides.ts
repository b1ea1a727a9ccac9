import { z } from 'zod';
import { DEFAULT_POOLS, POOL_NAMES, type PoolName, type PoolSettings, type PoolTable } from './domain/pool-settings.js';

/** Any subset of one pool's settings; every message states the rule in full. */
export const poolSettingsSchema = z.strictObject({
  workers: z.int().min(1).max(10_000).optional(),
  serviceMs: z.number().min(0).max(3_600_000).optional(),
  alpha: z.number().min(0).max(100).optional(),
  beta: z.number().min(0).max(100).optional(),
  jitter: z.number().min(0).max(3).optional(),
  queueLimit: z.int().min(0).max(1_000_000).optional(),
  queueTimeoutMs: z.number().min(0).max(86_400_000).optional(),
  overload: z.enum(['queue', 'reject', 'reset']).optional(),
});

/** Pool name → the settings that change. */
export const poolTableSchema = z.partialRecord(z.enum(POOL_NAMES), poolSettingsSchema);

/** HRLINK_POOLS: JSON text → the full table. */
export const poolOverrides = z
  .string()
  .default('{}')
  .transform((text, context) => {
    const parsed = poolTableSchema.safeParse(jsonOr(text));
    if (parsed.success) return mergePools(DEFAULT_POOLS, parsed.data);
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    const message = `must be JSON such as {"convert":{"workers":8}}: ${place}${issue?.message ?? 'invalid'}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The table with the given settings changed. */
export function mergePools(table: PoolTable, changes: z.output<typeof poolTableSchema>): PoolTable {
  const merged = { ...table } as Record<PoolName, PoolSettings>;
  for (const name of POOL_NAMES) {
    const change = changes[name];
    if (change === undefined) continue;
    const given = Object.fromEntries(Object.entries(change).filter(([, setting]) => setting !== undefined));
    merged[name] = { ...merged[name], ...given };
  }
  return merged;
}
