/** Something to be fuzzed. */
export interface FuzzTarget {
  readonly name: string;
  readonly about: string;
  open(seed: number): Promise<FuzzSession>;
}

/** A target that runs. */
export interface FuzzSession {
  /**
   * Runs `cases` cases drawn from `seed`.
   * @returns one line per failure
   */
  run(cases: number, seed: number): Promise<readonly string[]>;
  /** What must hold between chunks: the target still serves an honest client. One line per failure. */
  probe(): Promise<readonly string[]>;
  close(): Promise<void>;
}
