/** Injection token of the bounds of memory stores. */
export const STORE_LIMITS = Symbol('store limits');

export interface StoreLimits {
  readonly maxOpen: number;
  readonly maxClients: number;
}
