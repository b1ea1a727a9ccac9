import { z } from 'zod';
import { MeasurementError, type Sample } from './sample.js';

const schema = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({ method: z.string(), url: z.string() }),
        timings: z.object({ wait: z.number(), receive: z.number().optional() }).optional(),
        time: z.number(),
      }),
    ),
  }),
});

/** Samples of a HAR file: the time the server took to answer, without connecting and sending. */
export function harSamples(data: unknown): readonly Sample[] {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new MeasurementError(`not a HAR file: ${parsed.error.issues[0]!.path.join('.')} is wrong`);
  return parsed.data.log.entries.map(({ request, timings, time }) => ({
    name: `${request.method} ${pathOf(request.url)}`,
    ms: timings === undefined || timings.wait < 0 ? time : timings.wait + Math.max(0, timings.receive ?? 0),
  }));
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url.split('?', 1)[0]!;
}
