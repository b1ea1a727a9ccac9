/** Another system refused or did not answer; `isFinal` means that trying again cannot help. */
export class OutgoingFailure extends Error {
  override readonly name = 'OutgoingFailure';

  constructor(
    message: string,
    readonly isFinal: boolean,
    /** The other system's own code, when it gave one. */
    readonly code?: string,
    /** When it may be asked again, if it said so. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
