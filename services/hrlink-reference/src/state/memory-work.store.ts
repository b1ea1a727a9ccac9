import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import type { Lna } from '../domain/lna.js';
import { isSigningOver, type SigningRequest } from '../domain/signing-request.js';
import { isConversionOver, type StoredFile } from '../domain/stored-file.js';
import { isTaskOver, type Task } from '../domain/task.js';
import { BoundedTable } from './bounded-table.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';
import { FileStore, LnaStore, SigningRequestStore, TaskStore } from './work.store.js';

/** Files in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryFileStore extends FileStore {
  private readonly table: BoundedTable<StoredFile>;

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    this.table = new BoundedTable({ limit: limits.objects, isOver: isConversionOver });
  }

  save(file: StoredFile): void {
    this.table.put(file);
  }

  byId(id: string): StoredFile | undefined {
    return this.table.get(id);
  }

  reset(): void {
    this.table.clear();
  }
}

/** Tasks in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryTaskStore extends TaskStore {
  private readonly table: BoundedTable<Task>;

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    this.table = new BoundedTable({ limit: limits.objects, isOver: isTaskOver });
  }

  save(task: Task): void {
    this.table.put(task);
  }

  byId(id: string): Task | undefined {
    return this.table.get(id);
  }

  reset(): void {
    this.table.clear();
  }
}

/** Signing requests in memory. */
@ResetOnAdmin()
@Injectable()
export class MemorySigningRequestStore extends SigningRequestStore {
  private readonly table: BoundedTable<SigningRequest>;

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    this.table = new BoundedTable({ limit: limits.objects, isOver: isSigningOver });
  }

  save(request: SigningRequest): void {
    this.table.put(request);
  }

  byId(id: string): SigningRequest | undefined {
    return this.table.get(id);
  }

  reset(): void {
    this.table.clear();
  }
}

/** ЛНА in memory; a signed one gives way. */
@ResetOnAdmin()
@Injectable()
export class MemoryLnaStore extends LnaStore {
  private readonly table: BoundedTable<Lna>;
  private readonly externalIds = new Map<string, string>();

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    this.table = new BoundedTable({
      limit: limits.objects,
      isOver: (lna: Lna) => lna.state === 'SIGNED' || lna.state === 'DELETED',
      onEvict: (lna: Lna) => this.externalIds.delete(lna.externalId ?? ''),
    });
  }

  save(lna: Lna): void {
    this.table.put(lna);
    if (lna.externalId !== null) this.externalIds.set(lna.externalId, lna.id);
  }

  byId(id: string): Lna | undefined {
    return this.table.get(id);
  }

  byExternalId(externalId: string): Lna | undefined {
    const id = this.externalIds.get(externalId);
    return id === undefined ? undefined : this.table.get(id);
  }

  reset(): void {
    this.table.clear();
    this.externalIds.clear();
  }
}
