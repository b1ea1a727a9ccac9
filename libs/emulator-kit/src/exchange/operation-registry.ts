import { Injectable } from '@nestjs/common';
import { unlikeness } from './edit-distance.js';

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

  /** The known operation whose name is most like `operation`, for messages; undefined when none is. */
  nearest(operation: string): string | undefined {
    const ranked = [...this.operations.keys()]
      .map((name) => ({ name, score: unlikeness(name, operation) }))
      .sort((left, right) => left.score - right.score);
    return ranked[0] !== undefined && ranked[0].score <= 0.5 ? ranked[0].name : undefined;
  }

  has(operation: string): boolean {
    return this.operations.has(operation);
  }
}
