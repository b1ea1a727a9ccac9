/** How a process decides which traces it records, in the terms of `OTEL_TRACES_SAMPLER`. */
export interface Sampling {
  /** Share of traces begun here that are recorded, 0..1. */
  readonly rootShare: number;
  /** Whether the caller's decision stands for traces it began. */
  readonly followsCaller: boolean;
}

export const RECORD_ALL: Sampling = { rootShare: 1, followsCaller: true };
export const RECORD_NONE: Sampling = { rootShare: 0, followsCaller: true };

/** Sampler names of the OpenTelemetry specification (SDK environment variables, General SDK Configuration). */
const SAMPLERS: Readonly<Record<string, (share: number) => Sampling>> = {
  always_on: () => ({ rootShare: 1, followsCaller: false }),
  always_off: () => ({ rootShare: 0, followsCaller: false }),
  traceidratio: (rootShare) => ({ rootShare, followsCaller: false }),
  parentbased_always_on: () => RECORD_ALL,
  parentbased_always_off: () => RECORD_NONE,
  parentbased_traceidratio: (rootShare) => ({ rootShare, followsCaller: true }),
};

/**
 * Reads `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG`; the same names behind `<prefix>_` are for one service and win. As the
 * specification demands, a sampler nobody knows counts as the default and a share that is no number as 1.
 */
export function readSampling(environment: NodeJS.ProcessEnv, prefix?: string): Sampling {
  const read = (name: string) => (prefix && environment[`${prefix}_${name}`]) || environment[name];
  const share = Number(read('OTEL_TRACES_SAMPLER_ARG') ?? 1);
  const sampler = SAMPLERS[read('OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on'];
  return sampler?.(share >= 0 && share <= 1 ? share : 1) ?? RECORD_ALL;
}
