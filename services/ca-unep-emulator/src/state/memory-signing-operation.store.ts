import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { SigningOperation } from '../domain/signing-operation.js';
import { BoundedMap } from './bounded-map.js';
import { SigningOperationStore } from './signing-operation.store.js';

/** Reference implementation; beyond the bound the oldest operations give way. */
@Injectable()
@ResetOnAdmin()
export class MemorySigningOperationStore extends SigningOperationStore implements Resettable {
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

  async clear(): Promise<void> {
    this.operations.clear();
  }

  reset(): Promise<void> {
    return this.clear();
  }
}
