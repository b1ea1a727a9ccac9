/** Receives one event; a rejected promise means it was not handled. */
export type BusListener = (event: unknown) => void | Promise<void>;

/**
 * Carries changes between replicas and to observers. Publishing never waits for a broker: a protocol reply must not depend on it.
 */
export abstract class Bus {
  /** Hands the event to every subscriber of every replica, this one included. */
  abstract publish(topic: string, event: unknown): Promise<void>;
  /** Starts listening; the promise resolves when events published from now on will arrive. */
  abstract subscribe(topic: string, listener: BusListener): Promise<void>;
  /** Stops delivering. */
  abstract close(): Promise<void>;
}
