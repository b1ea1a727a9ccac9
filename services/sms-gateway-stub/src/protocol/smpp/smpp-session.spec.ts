import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { SmppSession, type SessionHost } from './smpp-session.js';

/** A socket whose peer reads only when it is told to. */
class LazyPeer extends EventEmitter {
  writableLength = 0;
  isPaused = false;

  setNoDelay(): void {
    // There is no network.
  }

  write(bytes: Buffer): boolean {
    this.writableLength += bytes.length;
    return false;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  read(): void {
    this.writableLength = 0;
    this.emit('drain');
  }
}

it('reads nothing more from a peer that does not read, and tells when it reads again', () => {
  const told: SmppSession[] = [];
  const host = { maxPduBytes: 1024, nowMs: () => 0, unclogged: (session: SmppSession) => void told.push(session) };
  const peer = new LazyPeer();
  const session = new SmppSession(1, peer as unknown as Socket, host as unknown as SessionHost);
  session.sendAlone(Buffer.alloc(16));
  session.send(Buffer.alloc(16));
  session.sendAlone(Buffer.alloc(16));
  expect([session.isClogged, peer.isPaused, told]).toEqual([true, true, []]);
  peer.read();
  expect([session.isClogged, peer.isPaused]).toEqual([false, false]);
  expect(told).toEqual([session]);
});
