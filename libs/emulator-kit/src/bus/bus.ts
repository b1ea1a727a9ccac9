/** Receives one event; a rejected promise means it was not handled. `isRemote`: another replica published it. */
export type BusListener = (event: unknown, isRemote: boolean) => void | Promise<void>;

/**
 * Carries changes between the replicas of one service and observations to whoever watches. Neither publishing nor offering ever waits for a
 * broker: a protocol reply must not depend on it.
 */
export abstract class Bus {
  /**
   * Hands a change to every subscriber of every replica: this replica's have run when the promise resolves, the others follow. Changes
   * arrive in the order of their publication, and are kept for as long as the broker is away.
   */
  abstract publish(topic: string, event: unknown): Promise<void>;

  /** Hands an observation to this replica's subscribers and to observers outside; it may be lost, and is counted then. */
  offer(topic: string, event: unknown): void {
    void this.publish(topic, event);
  }

  /** Starts listening; events published from now on will arrive. */
  abstract subscribe(topic: string, listener: BusListener): Promise<void>;

  /** Calls `listener` whenever changes of other replicas may have been missed: what was learnt from them should be read again. */
  onGap(_listener: () => void | Promise<void>): void {
    // A bus that never misses anything has nobody to call.
  }

  /** Whether changes that other replicas publish arrive now. */
  get reachesReplicas(): boolean {
    return false;
  }

  /** Stops delivering. */
  abstract close(): Promise<void>;
}
