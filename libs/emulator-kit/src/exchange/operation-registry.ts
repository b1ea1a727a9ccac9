import { Injectable } from '@nestjs/common';

/** One operation an emulator answers. */
export interface OperationInfo {
  readonly operation: string;
  readonly about: string;
}

/** All operations of the emulator, filled by the protocol adapters at start. */
@Injectable()
export class OperationRegistry {
  private readonly operations = new Map<string, OperationInfo>();

  add(info: OperationInfo): void {
    this.operations.set(info.operation, info);
  }

  /** Sorted by name. */
  list(): readonly OperationInfo[] {
    return [...this.operations.values()].sort((left, right) => left.operation.localeCompare(right.operation));
  }

  has(operation: string): boolean {
    return this.operations.has(operation);
  }
}
