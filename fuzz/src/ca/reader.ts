/** One reader of the authority and what it is tried with. */
export interface Reader {
  readonly name: string;
  readonly captures: readonly Buffer[];
  /** A line when what was read breaks a promise. */
  readonly read: (bytes: Buffer) => string | undefined;
}

/** A reader that promises only to refuse what it cannot read. */
export const silent =
  (parse: (bytes: Buffer) => unknown) =>
  (bytes: Buffer): undefined => {
    parse(bytes);
  };
