import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** One answer: its status, its body, and when its first byte came. */
export interface RawReply {
  readonly status: number;
  readonly body: Buffer;
  readonly atMs: number;
}

/**
 * A keep-alive HTTP connection that does nothing but write prepared bytes and find the end of the answer: the generator must not be what is
 * measured. Bodies need a content length.
 */
export class RawConnection {
  private buffered: Buffer = Buffer.alloc(0);
  private resolve: ((reply: RawReply) => void) | undefined;
  private reject: ((failure: Error) => void) | undefined;
  private firstMs = 0;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('close', () => this.reject?.(new Error('connection closed')));
    socket.on('error', (failure) => this.reject?.(failure));
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new RawConnection(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends a request; one at a time. @throws Error when the connection ends first */
  send(request: Buffer): Promise<RawReply> {
    this.socket.write(request);
    this.firstMs = 0;
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  close(): void {
    this.reject = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    if (this.firstMs === 0) this.firstMs = performance.now();
    this.buffered = this.buffered.length === 0 ? chunk : Buffer.concat([this.buffered, chunk]);
    const headEnd = this.buffered.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = this.buffered.toString('latin1', 0, headEnd);
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const end = headEnd + HEAD_END.length + length;
    if (this.buffered.length < end) return;
    const body = this.buffered.subarray(headEnd + HEAD_END.length, end);
    this.buffered = Buffer.alloc(0);
    this.reject = undefined;
    this.resolve?.({ status: Number(head.slice(9, 12)), body, atMs: this.firstMs });
  }
}

/** The bytes of a GET. */
export function getRequest(path: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`);
}

/** So many connections to one port, opened a few at a time. */
export async function openConnections(port: number, count: number): Promise<RawConnection[]> {
  const open: RawConnection[] = [];
  while (open.length < count) {
    const batch = Math.min(50, count - open.length);
    open.push(...(await Promise.all(Array.from({ length: batch }, () => RawConnection.open(port)))));
  }
  return open;
}
