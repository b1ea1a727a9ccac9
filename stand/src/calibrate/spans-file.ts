import { z } from 'zod';
import { MeasurementError, type Sample } from './sample.js';

const nanos = z.union([z.string().regex(/^\d+$/), z.number()]);
const span = z.object({ name: z.string(), startTimeUnixNano: nanos, endTimeUnixNano: nanos });
const scopes = z.array(z.object({ spans: z.array(span).default([]) }));
const schema = z.object({ resourceSpans: z.array(z.object({ scopeSpans: scopes.default([]) })) });

/** Samples of an OTLP trace export in JSON: one object, or several one after another in a list. */
export function spanSamples(data: unknown): readonly Sample[] {
  return [data].flat().flatMap((part) => {
    const parsed = schema.safeParse(part);
    if (!parsed.success)
      throw new MeasurementError(`not an OTLP trace export: ${parsed.error.issues[0]!.path.join('.')}`);
    const spans = parsed.data.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    return spans.map(({ name, startTimeUnixNano, endTimeUnixNano }) => ({
      name,
      // Nanoseconds since 1970 do not fit a double: the difference is taken first.
      ms: Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6,
    }));
  });
}
