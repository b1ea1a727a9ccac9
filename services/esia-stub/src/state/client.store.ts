import type { Client } from '../domain/client.js';

/** No room for another client. */
export class ClientStoreFull extends Error {
  override readonly name = 'ClientStoreFull';
}

/** Information systems registered with ESIA. A resolved promise means the change is kept. */
export abstract class ClientStore {
  /** Call before anything else at start. */
  abstract ready(): Promise<void>;
  /** Adds the client or replaces the one with its mnemonic. @throws ClientStoreFull */
  abstract put(client: Client): Promise<void>;
  /** False when there was none. */
  abstract remove(mnemonic: string): Promise<boolean>;
  abstract find(mnemonic: string): Promise<Client | undefined>;
  /** In mnemonic order. */
  abstract list(): Promise<readonly Client[]>;
}
