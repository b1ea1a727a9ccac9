import { Injectable } from '@nestjs/common';
import { AdminError } from '@poligon/emulator-kit';
import { connect, type Socket } from 'node:net';
import { encodePdu } from './pdu-encode.codec.js';
import { SmppServer } from './smpp-server.js';

const CONNECT_TIMEOUT_MS = 5000;

/** Where an ESME listens and what outbind tells it. */
export interface OutbindTarget {
  readonly host: string;
  readonly port: number;
  readonly systemId: string;
  readonly password: string;
}

/** Lets the server call an ESME (3.4 section 2.2.1); the ESME binds as receiver on that connection. */
@Injectable()
export class SmppOutbind {
  constructor(private readonly server: SmppServer) {}

  /** Number of the new connection. @throws AdminError when the ESME cannot be reached */
  async connect({ host, port, systemId, password }: OutbindTarget): Promise<number> {
    const socket = await connected(host, port);
    const session = this.server.accept(socket);
    if (session === undefined) throw new AdminError(409, 'too many SMPP sessions');
    const fields = { system_id: systemId, password };
    session.send(encodePdu({ command: 'outbind', sequence: session.nextSequence(), fields }));
    return session.id;
  }
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const fail = (cause: string) => {
      socket.destroy();
      reject(new AdminError(502, `cannot connect to ${host}:${port}: ${cause}`));
    };
    socket.once('error', (failure: NodeJS.ErrnoException) => fail(failure.code ?? failure.message));
    socket.once('timeout', () => fail('timed out'));
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners();
      resolve(socket);
    });
  });
}
