/** A business operation that did not succeed. `cause` groups equal failures; the message is for people. */
export class OperationFailure extends Error {
  override readonly name: string = 'OperationFailure';

  constructor(
    override readonly cause: string,
    detail = '',
  ) {
    super(detail ? `${cause}: ${detail}` : cause);
  }
}

/** An HTTP call that HRLink refused or that never got an answer. */
export class HrlinkCallError extends OperationFailure {
  override readonly name = 'HrlinkCallError';

  constructor(
    cause: string,
    detail: string,
    /** HTTP status; 0 without an answer. */
    readonly status: number,
    /** `NN.NNN` of the answer's envelope, when there was one. */
    readonly code?: string,
  ) {
    super(cause, detail);
  }
}
