import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** What an SMPP session needs of a socket, without a network: a million cases would use up the machine's ports. */
export class FakeSocket extends EventEmitter {
  readonly remoteAddress = '127.0.0.1';
  readonly written: Buffer[] = [];
  readonly writableLength = 0;
  destroyed = false;

  /** The same object as the type sessions expect. */
  asSocket(): Socket {
    return this as unknown as Socket;
  }

  write(bytes: Buffer): boolean {
    this.written.push(Buffer.from(bytes));
    return true;
  }

  end(): void {
    this.destroy();
  }

  resetAndDestroy(): void {
    this.destroy();
  }

  destroy(): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.emit('close');
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  pause(): this {
    return this;
  }

  resume(): this {
    return this;
  }
}
