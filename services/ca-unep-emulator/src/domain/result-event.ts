/** How far the callback of an event got. NONE: the tenant polls. LOST: dropped on purpose by a fault. */
export type DeliveryState = 'NONE' | 'PENDING' | 'DELIVERED' | 'FAILED' | 'LOST';

export interface Delivery {
  readonly state: DeliveryState;
  /** Callbacks made so far. */
  readonly tries: number;
  /** HTTP status or reason of the last failure. */
  readonly last?: string;
}

/** Something a tenant is told; at least once, always under the same id. */
export interface ResultEvent {
  readonly id: string;
  readonly tenant: string;
  readonly type: string;
  readonly createdAtMs: number;
  /** The issue request or signing operation it is about. */
  readonly requestId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly delivery: Delivery;
}
