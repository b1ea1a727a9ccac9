/** No colour codes: tables also go into logs and files. */
export const PLAIN = { head: [] as string[], border: [] as string[] };
