import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

/** What a client saw of one call. */
export interface Seen {
  /** How the call ended on the wire. */
  readonly end: 'whole' | 'short' | 'empty' | 'reset' | 'timeout' | 'noise';
  /** `ok`, or the error or status that was answered. */
  readonly answer: string;
  /** Time to the first byte, or to the end without one. */
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** One call of one client for one person. */
export interface Call {
  readonly client?: string;
  readonly person?: string;
  readonly timeoutMs?: number;
}

/** One call over HTTP on its own connection, with the client's own eyes: no retries, no pooling. */
export function callHttp(
  url: string,
  { client = 'flint', person = 'person:1', timeoutMs = 5000 }: Call,
): Promise<Seen> {
  const startMs = performance.now();
  return new Promise((resolve) => {
    const finish = (end: Seen['end'], answer = '', firstMs = performance.now()) =>
      resolve({ end, answer, firstByteMs: firstMs - startMs, totalMs: performance.now() - startMs });
    const headers = { 'content-type': 'application/json', 'x-owner': client };
    const request = httpRequest(url, { method: 'POST', headers, agent: false, timeout: timeoutMs });
    request.on('timeout', () => {
      finish('timeout');
      request.destroy();
    });
    request.on('error', (failure: NodeJS.ErrnoException & { rawPacket?: Buffer }) => {
      if (failure.code?.startsWith('HPE_') === true) return finish('noise');
      // An orderly end without a byte is told by its text only; a reset of the kernel has the system call's name.
      finish(failure.syscall === 'read' ? 'reset' : 'empty', failure.code);
    });
    request.on('response', (reply) => readReply(reply, finish));
    request.end(JSON.stringify({ text: 'hello', who: person }));
  });
}

function readReply(reply: IncomingMessage, finish: (end: Seen['end'], answer: string, firstMs: number) => void): void {
  const firstMs = performance.now();
  const chunks: Buffer[] = [];
  reply.on('data', (chunk: Buffer) => chunks.push(chunk));
  reply.on('error', () => undefined);
  reply.on('close', () => {
    const body = Buffer.concat(chunks);
    const isShort = body.length < Number(reply.headers['content-length']);
    const isNoise = !isShort && body.length > 0 && !/^(\{"said"|SQUAWK)/.test(body.toString());
    const answer = reply.statusCode === 200 ? 'ok' : (body.toString().split(' ')[1] ?? String(reply.statusCode));
    finish(isShort ? 'short' : isNoise ? 'noise' : 'whole', answer, firstMs);
  });
}

/** One call of the line protocol on its own connection. */
export function callLine(
  port: number,
  { client = 'flint', person = 'person:1', timeoutMs = 5000 }: Call,
): Promise<Seen> {
  const startMs = performance.now();
  return new Promise((resolve) => {
    let text = '';
    let firstMs: number | undefined;
    const socket = connect(port, '127.0.0.1', () => socket.write(`CALL ${client} ${person} hello\n`));
    const finish = (end: Seen['end'], answer = '') => {
      const nowMs = performance.now();
      resolve({ end, answer, firstByteMs: (firstMs ?? nowMs) - startMs, totalMs: nowMs - startMs });
      socket.destroy();
    };
    socket.setTimeout(timeoutMs, () => finish('timeout'));
    socket.on('error', (failure: NodeJS.ErrnoException) => finish('reset', failure.code));
    socket.on('data', (chunk) => {
      firstMs ??= performance.now();
      text += chunk.toString('latin1');
      if (text.endsWith('\n')) finish('whole', /^CUCKOO/.test(text) ? 'ok' : text.trim().split(' ').at(-1));
    });
    socket.on('end', () => finish(text === '' ? 'empty' : /^(CUC|ERR)/.test(text) ? 'short' : 'noise'));
  });
}
