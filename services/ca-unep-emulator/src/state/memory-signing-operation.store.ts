import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { SigningOperation } from '../domain/signing-operation.js';
import { BoundedMap } from './bounded-map.js';
import { SigningOperationStore } from './signing-operation.store.js';

/** Reference implementation; beyond the bound the oldest operations give way. */
@Injectable()
export class MemorySigningOperationStore extends SigningOperationStore {
  private readonly operations: BoundedMap<SigningOperation>;

  constructor(@Inject(CONFIG) config: Pick<CaConfig, 'maxOperations'>) {
    super();
    this.operations = new BoundedMap(config.maxOperations);
  }

  async add(operation: SigningOperation): Promise<void> {
    this.operations.add(operation.id, operation);
  }

  async find(id: string): Promise<SigningOperation | undefined> {
    return this.operations.get(id);
  }

  async update(
    id: string,
    change: (operation: SigningOperation) => SigningOperation,
  ): Promise<SigningOperation | undefined> {
    return this.operations.change(id, change);
  }

  async queued(limit: number): Promise<readonly SigningOperation[]> {
    return this.operations
      .newest(Infinity, ({ state }) => state === 'QUEUED')
      .reverse()
      .slice(0, limit);
  }

  async clear(): Promise<void> {
    this.operations.clear();
  }
}
