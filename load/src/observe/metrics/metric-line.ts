import type { MetricRole } from '../../analysis/analysis.js';
import type { Layer } from '../../analysis/finding.js';

/** What a series is: written with the first reading of it, so that the file explains itself. */
export interface MetricDefinition {
  name: string;
  source: string;
  layer: Layer;
  role: MetricRole;
  unit: string;
  limit?: number;
}

/** One line of metrics.ndjson: a definition, or readings of series at a moment. */
export type MetricLine = { define: MetricDefinition } | { at: number; values: Record<string, number> };
