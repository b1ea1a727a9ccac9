import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { announce } from './announce.js';

/** What is used of the npm package `smpp`, which has no types of its own. */
interface Pdu {
  readonly source_addr: string;
  readonly destination_addr: string;
  readonly registered_delivery: number;
  response(fields?: object): Pdu;
}
interface Session {
  on(event: string, listener: (pdu: Pdu) => void): void;
  send(pdu: Pdu): void;
  deliver_sm(fields: object): void;
}
const smpp = createRequire(import.meta.url)('smpp') as { createServer(listener: (session: Session) => void): Server };

const RECEIPT_DELAY_MS = 500;
const withReceipts = process.argv[2] === 'receipts';
let id = 0;

/** The least a server can do with the library: a number for every submit and, when asked, a receipt. */
const server = smpp.createServer((session) => {
  session.on('error', () => undefined);
  session.on('bind_transceiver', (pdu) => session.send(pdu.response()));
  session.on('submit_sm', (pdu) => {
    id += 1;
    const message_id = String(id);
    session.send(pdu.response({ message_id }));
    if (withReceipts) setTimeout(() => session.deliver_sm(receiptOf(pdu, message_id)), RECEIPT_DELAY_MS);
  });
});
server.listen(0, '127.0.0.1', () => announce({ port: (server.address() as AddressInfo).port }));

function receiptOf(pdu: Pdu, message_id: string): object {
  return {
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 4,
    short_message: `id:${message_id} sub:001 dlvrd:001 submit date:2601150900 done date:2601150900 stat:DELIVRD err:000 text:`,
    receipted_message_id: message_id,
    message_state: 2,
  };
}
