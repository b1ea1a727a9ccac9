import { createRequire } from 'node:module';
import { EventEmitter, once } from 'node:events';

/** What the tests use of the npm package `smpp`, which has no types of its own. */
export interface ClientPdu {
  readonly command: string;
  readonly command_status: number;
  readonly sequence_number: number;
  readonly message_id: string;
  readonly esm_class: number;
  readonly source_addr: string;
  readonly destination_addr: string;
  readonly short_message: { readonly message: string; readonly udh?: Buffer[] };
  readonly [field: string]: unknown;
  response(fields?: object): ClientPdu;
}

export interface ClientSession extends EventEmitter {
  readonly socket: import('node:net').Socket;
  send(pdu: ClientPdu, callback?: (pdu: ClientPdu) => void): boolean;
  close(callback?: () => void): void;
  destroy(callback?: () => void): void;
}

interface Client {
  connect(options: object, ready?: () => void): ClientSession;
  PDU: new (command: string, fields?: object) => ClientPdu;
}

export const smpp = createRequire(import.meta.url)('smpp') as Client;

/** Sends a request and resolves with its response. */
export function call(session: ClientSession, command: string, fields: object = {}): Promise<ClientPdu> {
  return new Promise((resolve) => session.send(new smpp.PDU(command, fields), resolve));
}

const open = new Set<ClientSession>();

/** Breaks the connections that a failed test may have left: they would take the receipts of the next. */
export async function dropAll(): Promise<void> {
  const closed = [...open].filter(({ socket }) => !socket.closed).map(({ socket }) => once(socket, 'close'));
  for (const session of open) session.destroy();
  open.clear();
  await Promise.all(closed);
}

/** Connects and binds; every deliver_sm is answered and kept in `delivered`. */
export async function bind(options: {
  port: number;
  tls?: boolean;
  command?: string;
  system_id?: string;
  password?: string;
}): Promise<{ session: ClientSession; response: ClientPdu; delivered: ClientPdu[]; next: () => Promise<ClientPdu> }> {
  const { port, tls = false, command = 'bind_transceiver', system_id = 'poligon', password = 'poligon' } = options;
  const session = smpp.connect({ host: '127.0.0.1', port, tls, rejectUnauthorized: false });
  session.on('error', () => undefined);
  open.add(session);
  const delivered: ClientPdu[] = [];
  const news = new EventEmitter();
  let read = 0;
  session.on('deliver_sm', (pdu: ClientPdu) => {
    session.send(pdu.response());
    delivered.push(pdu);
    news.emit('pdu');
  });
  await once(session, tls ? 'secureConnect' : 'connect');
  const response = await call(session, command, { system_id, password, interface_version: 0x34 });
  const next = async () => {
    while (delivered.length <= read) await once(news, 'pdu');
    read += 1;
    return delivered[read - 1]!;
  };
  return { session, response, delivered, next };
}
