/** A UUID that carries the gateway's number, so that nothing has to be looked up by it. */
export function numberUuid(id: number): string {
  return `00000000-0000-4000-8000-${id.toString(16).padStart(12, '0')}`;
}

/** The number behind such a UUID, NaN for any other text. */
export function uuidNumber(text: string): number {
  const digits = /^0{8}-0{4}-40{3}-80{3}-([0-9a-f]{12})$/i.exec(text)?.[1];
  return digits === undefined ? NaN : Number.parseInt(digits, 16);
}
