import type { DocumentStore, State } from '@poligon/emulator-kit';
import type { SigningOperation } from '../domain/signing-operation.js';
import { SigningOperationStore } from './signing-operation.store.js';

const KEEP_FOR_MS = 7 * 86_400_000;

type Kept = Omit<SigningOperation, 'documents' | 'signatures'> & {
  readonly documents: readonly { readonly id: string; readonly digest: string }[];
  readonly signatures: readonly { readonly id: string; readonly cms: string }[];
};

const kept = (operation: SigningOperation): Kept => ({
  ...operation,
  documents: operation.documents.map(({ id, digest }) => ({ id, digest: digest.toString('base64') })),
  signatures: operation.signatures.map(({ id, cms }) => ({ id, cms: cms.toString('base64') })),
});

const opened = (operation: Kept): SigningOperation => ({
  ...operation,
  documents: operation.documents.map(({ id, digest }) => ({ id, digest: Buffer.from(digest, 'base64') })),
  signatures: operation.signatures.map(({ id, cms }) => ({ id, cms: Buffer.from(cms, 'base64') })),
});

/** Signing operations in a database. */
export class DurableSigningOperationStore extends SigningOperationStore {
  private readonly operations: DocumentStore<Kept>;

  constructor(state: State) {
    super();
    this.operations = state.documents<Kept>({
      table: 'ca.signing_operation',
      columns: { state: ({ state: own }) => own },
      keepForMs: KEEP_FOR_MS,
    });
  }

  async add(operation: SigningOperation): Promise<void> {
    await this.operations.put(operation.id, kept(operation));
  }

  async find(id: string): Promise<SigningOperation | undefined> {
    const found = await this.operations.find(id);
    return found === undefined ? undefined : opened(found);
  }

  async update(
    id: string,
    change: (operation: SigningOperation) => SigningOperation,
  ): Promise<SigningOperation | undefined> {
    const changed = await this.operations.change(id, (current) =>
      current === undefined ? undefined : kept(change(opened(current))),
    );
    return changed === undefined ? undefined : opened(changed);
  }

  async queued(limit: number): Promise<readonly SigningOperation[]> {
    const page = await this.operations.list({ where: { state: 'QUEUED' }, limit });
    return page.items.map(({ document }) => opened(document));
  }

  async clear(): Promise<void> {
    await this.operations.remove();
  }
}
