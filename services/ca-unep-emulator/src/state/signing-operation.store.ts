import type { SigningOperation } from '../domain/signing-operation.js';

/** Keeps signing operations and their results. A resolved promise means the change is kept. */
export abstract class SigningOperationStore {
  abstract add(operation: SigningOperation): Promise<void>;
  abstract find(id: string): Promise<SigningOperation | undefined>;
  /** Replaces the operation by what `change` makes of it, with nothing in between. */
  abstract update(
    id: string,
    change: (operation: SigningOperation) => SigningOperation,
  ): Promise<SigningOperation | undefined>;
  /** Operations not yet done, oldest first. */
  abstract queued(limit: number): Promise<readonly SigningOperation[]>;
  abstract clear(): Promise<void>;
}
