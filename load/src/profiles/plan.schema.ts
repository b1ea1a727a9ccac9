import { z } from 'zod';
import { description } from './description.js';
import { duration } from './duration.js';

const step = z.strictObject({
  /** Per cent of the profile held at the end of the ramp. */
  level: z.number().gt(0).max(10_000),
  ramp: duration,
  hold: duration.refine((ms) => ms > 0, 'must be longer than 0'),
  /** First part of the hold that is shown but not judged. */
  settle: duration.prefault('0s'),
});

/** A plan file: how the level moves in time. */
export const planSchema = z
  .strictObject({
    name: z.string().min(1),
    description,
    /** Profile used when none is named on the command line. */
    profile: z.string().min(1).default('demo'),
    startPercent: z.number().min(0).default(0),
    steps: z.array(step).min(1, 'must have at least one step').max(100),
    /** Operations in progress above which arrivals are dropped and counted. */
    maxInFlight: z.int().min(1).max(100_000).default(2000),
    /** Connections to HRLink. */
    connections: z.int().min(1).max(10_000).default(256),
    /** How long the operations in progress may go on after the last hold. */
    drain: duration.prefault('60s'),
    checkpointEvery: duration.prefault('60s'),
  })
  .superRefine((plan, context) => {
    plan.steps.forEach((each, index) => {
      if (each.settle < each.hold) return;
      context.addIssue({ code: 'custom', path: ['steps', index, 'settle'], message: 'must be shorter than hold' });
    });
  });

export type Plan = z.infer<typeof planSchema>;
