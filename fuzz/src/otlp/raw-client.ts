import { connect, type Socket } from 'node:net';

/** What came back. */
export interface RawReply {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends octets as they are over a connection of its own, which it opens anew when the other side closed it. */
export class RawClient {
  private socket: Socket | undefined;

  constructor(private readonly port: number) {}

  /** The answer to a request; undefined when the connection ended without one. */
  ask(head: string, body: Buffer): Promise<RawReply | undefined> {
    const socket = this.connection();
    return new Promise((resolve) => {
      let received: Buffer = Buffer.alloc(0);
      const end = (reply: RawReply | undefined) => {
        socket.removeAllListeners('data').removeAllListeners('close');
        resolve(reply);
      };
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const reply = replyOf(received);
        if (reply === undefined) return;
        if (reply.isLast) this.drop();
        end(reply);
      });
      socket.on('close', () => {
        this.socket = undefined;
        end(undefined);
      });
      socket.write(head);
      socket.write(body);
    });
  }

  /** Sends octets and goes away when they have left, without waiting for an answer. */
  leave(head: string, body: Buffer): Promise<void> {
    const socket = this.connection();
    return new Promise((resolve) => {
      const gone = () => {
        this.drop();
        resolve();
      };
      socket.once('close', gone);
      socket.write(head);
      socket.write(body, gone);
    });
  }

  /** Goes away without a farewell, so that the port is free at once. */
  drop(): void {
    this.socket?.resetAndDestroy();
    this.socket = undefined;
  }

  private connection(): Socket {
    if (this.socket === undefined || this.socket.destroyed) {
      this.socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
      // A connection that breaks is told by its closing.
      this.socket.on('error', () => undefined);
    }
    return this.socket;
  }
}

function replyOf(received: Buffer): (RawReply & { readonly isLast: boolean }) | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  if (status === 100) return replyOf(received.subarray(headEnd + HEAD_END.length));
  const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim();
  const isLast = header('connection')?.toLowerCase() === 'close';
  const rest = received.subarray(headEnd + HEAD_END.length);
  const body = header('transfer-encoding') === 'chunked' ? unchunked(rest) : sized(rest, header('content-length'));
  return body === undefined ? undefined : { status, type: header('content-type') ?? '', body, isLast };
}

function sized(rest: Buffer, length = '0'): Buffer | undefined {
  return rest.length < Number(length) ? undefined : rest.subarray(0, Number(length));
}

function unchunked(rest: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const length = parseInt(rest.toString('latin1', at, lineEnd), 16);
    if (length === 0) return Buffer.concat(parts);
    const from = lineEnd + 2;
    if (rest.length < from + length + 2) return undefined;
    parts.push(rest.subarray(from, from + length));
    at = from + length + 2;
  }
}
