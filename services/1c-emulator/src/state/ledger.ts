import type { DocumentStore } from '@poligon/emulator-kit';

const PAGE = 1000;

/** Every document of a store, in the order they were first kept: what a store reads at start. */
export async function* everyDocument<T>(documents: DocumentStore<T>): AsyncGenerator<{ key: string; document: T }> {
  let after: number | undefined;
  do {
    const page = await documents.list({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
