/** How a bench is run. */
export interface BenchOptions {
  readonly rounds: number;
  /** Length of one measurement. */
  readonly seconds: number;
  /** Whether peers' products are installed and measured too. */
  readonly peers: boolean;
  readonly log: (line: string) => void;
}

/** What a bench found; printed as one line of JSON. */
export interface BenchResult {
  readonly bench: string;
  /** Ours by the reference; the bench holds when it is at least `floor`. */
  readonly ratio: number;
  readonly floor: number;
  readonly holds: boolean;
  readonly ours: unknown;
  readonly reference: unknown;
  readonly [detail: string]: unknown;
}

/** One side-by-side measurement. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  readonly defaults: { readonly rounds: number; readonly seconds: number };
  run(options: BenchOptions): Promise<BenchResult>;
}
