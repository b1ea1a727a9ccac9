import { z } from 'zod';
import { duration } from '../profiles/duration.js';

const layer = z.enum(['application', 'database', 'neighbour', 'host']);
const role = z.enum(['cpu', 'memory', 'pool', 'queue', 'connections', 'errors', 'other']);
const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .transform((url) => url.replace(/\/$/, ''));

const meaning = {
  layer: layer.default('application'),
  role: role.default('other'),
  unit: z.string().max(20).default(''),
  /** Value at which the resource counts as exhausted. */
  limit: z.number().optional(),
};

const series = z.strictObject({
  metric: z.string().min(1),
  labels: z.record(z.string(), z.string()).optional(),
  by: z.string().optional(),
  as: z.enum(['gauge', 'rate']).optional(),
  over: z.string().optional(),
  times: z.number().optional(),
  name: z.string().min(1),
  role: role.default('other'),
  unit: z.string().max(20).default(''),
  limit: z.number().optional(),
});

const postgres = z.strictObject({
  /** Connection string; without it the one of the environment is used. */
  url: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// address')
    .optional(),
  /** LIKE pattern of the application's sessions. */
  application: z.string().min(1).default('%'),
});

const scrape = z.strictObject({
  name: z.string().min(1).max(60),
  url: webAddress,
  layer: layer.default('application'),
  every: duration.prefault('5s'),
  /** Processors the process may use. */
  cores: z.number().gt(0).max(4096).optional(),
  series: z.array(series).max(100).default([]),
});

const prometheus = z.strictObject({
  url: webAddress,
  step: duration.prefault('15s'),
  queries: z
    .array(z.strictObject({ name: z.string().min(1), query: z.string().min(1), ...meaning }))
    .min(1)
    .max(200),
});

const zabbix = z.strictObject({
  /** Address of api_jsonrpc.php. */
  url: webAddress,
  user: z.string().min(1).optional(),
  items: z
    .array(
      z.strictObject({
        host: z.string().min(1),
        key: z.string().min(1),
        name: z.string().min(1).optional(),
        ...meaning,
        unit: z.string().max(20).optional(),
        times: z.number().optional(),
      }),
    )
    .min(1)
    .max(200),
});

/** An observers file: what is watched beside the load. Passwords and tokens come from the environment. */
export const observersSchema = z.strictObject({
  postgres: postgres.optional(),
  metrics: z.array(scrape).max(50).default([]),
  prometheus: prometheus.optional(),
  zabbix: zabbix.optional(),
});

export type ObserversFile = z.infer<typeof observersSchema>;
