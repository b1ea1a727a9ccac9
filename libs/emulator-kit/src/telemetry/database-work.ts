import { SpanKind, type Context } from '@opentelemetry/api';
import { openWork, recordedContext, type OpenWork } from './client-work.js';

/** Commands of SQL behind the verbs of the stores. */
const COMMANDS: Readonly<Record<string, string>> = {
  put: 'INSERT',
  add: 'INSERT',
  insert: 'INSERT',
  update: 'UPDATE',
  find: 'SELECT',
  read: 'SELECT',
  take: 'DELETE',
};

const COMMAND = /^\s*(\w+)/;
const TABLE = /\b(?:FROM|INTO|UPDATE|TRUNCATE)\s+"?(\w+)"?(?:\."?(\w+)"?)?/i;

/** Opens the span of one row that waits for a statement, `name` being `<table> <verb>`, in a context that `recordedContext` gave. */
export function openRowWork(at: Context, name: string): OpenWork {
  const [table = name, verb = 'put'] = name.split(' ');
  return open(at, COMMANDS[verb] ?? verb.toUpperCase(), table);
}

/** Runs a statement in a client span of the trace that asks for it, when that is recorded. */
export function asked<T>(text: string, work: () => Promise<T>): Promise<T> {
  const at = recordedContext();
  return at === undefined ? work() : within(at, text, work);
}

async function within<T>(at: Context, text: string, work: () => Promise<T>): Promise<T> {
  const [, schema, table] = TABLE.exec(text) ?? [];
  const collection = table === undefined ? schema : `${schema}.${table}`;
  const opened = open(at, COMMAND.exec(text)?.[1]?.toUpperCase() ?? 'QUERY', collection);
  try {
    const result = await work();
    opened.end();
    return result;
  } catch (failure) {
    opened.end(failure as Error);
    throw failure;
  }
}

/** In the words of the semantic conventions for database client spans (stable, v1.33): `{operation} {collection}`. */
function open(at: Context, operation: string, collection: string | undefined): OpenWork {
  return openWork(at, {
    name: collection === undefined ? operation : `${operation} ${collection}`,
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      ...(collection === undefined ? {} : { 'db.collection.name': collection }),
    },
  });
}
