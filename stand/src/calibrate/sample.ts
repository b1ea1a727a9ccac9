/** One measured call. */
export interface Sample {
  /** What was called, in the measurement's own words: `GET /sys/send.php`, a span's name. */
  readonly name: string;
  readonly ms: number;
}

/** A file that cannot be read as measurements; the message is one line. */
export class MeasurementError extends Error {
  override readonly name = 'MeasurementError';
}
