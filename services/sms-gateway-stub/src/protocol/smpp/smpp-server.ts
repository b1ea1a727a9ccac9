import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, Logger, readTlsFiles, SettingsError } from '@poligon/emulator-kit';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { SmsConfig } from '../../config.js';
import { TimingWheel } from '../../schedule/timing-wheel.js';
import type { FrameRef } from './frame-reader.js';
import { SmppDispatcher } from './smpp-dispatcher.js';
import { SmppReceipts } from './smpp-receipts.js';
import { SmppSession, type SessionHost } from './smpp-session.js';
import { SmppSessions } from './smpp-sessions.js';

const DEFAULT_PORT = 2775;
const DEFAULT_TLS_PORT = 3550;

/** ESMEs that do not answer an unbind are left after this long. */
const FAREWELL_MS = 2000;
const LOOK_AGAIN_MS = 20;

/** The SMPP doors: plain TCP, and TLS when a certificate is configured. */
@Injectable()
export class SmppServer implements OnApplicationBootstrap, BeforeApplicationShutdown, SessionHost {
  readonly maxPduBytes: number;
  private readonly servers: Server[] = [];

  constructor(
    private readonly dispatcher: SmppDispatcher,
    private readonly sessions: SmppSessions,
    private readonly receipts: SmppReceipts,
    private readonly wheel: TimingWheel,
    private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {
    this.maxPduBytes = config.smppMaxPduBytes;
  }

  /** Ports now open, in the order plain, TLS. */
  get ports(): readonly number[] {
    return this.servers.map((server) => (server.address() as AddressInfo).port);
  }

  /** @throws SettingsError when a port cannot be opened or a certificate cannot be read */
  async onApplicationBootstrap(): Promise<void> {
    const { smppPort, smppTlsPort, smppTlsCertificate, smppTlsKey } = this.config;
    const accept = (socket: Socket) => void this.accept(socket);
    await this.open(createServer({ noDelay: true }, accept), smppPort, DEFAULT_PORT);
    const identity = readTlsFiles('SMS_SMPP_TLS', smppTlsCertificate, smppTlsKey);
    if (identity !== undefined) {
      const tls = createTlsServer(identity, accept);
      // A failed handshake concerns one peer only.
      tls.on('tlsClientError', () => undefined);
      await this.open(tls, smppTlsPort, DEFAULT_TLS_PORT);
    }
    this.logger.info('smpp.ready', { host: this.config.host, ports: this.ports });
  }

  async beforeApplicationShutdown(): Promise<void> {
    const closing = Promise.all(
      this.servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
    );
    for (const session of this.sessions.open) this.bidFarewell(session);
    // Not the emulator's clock: it may stand still.
    const giveUp = setTimeout(
      () => {
        for (const session of this.sessions.open) session.socket.destroy();
      },
      Math.min(FAREWELL_MS, this.config.drainTimeoutMs),
    );
    await closing;
    clearTimeout(giveUp);
  }

  /** Asks the ESME to go elsewhere (4.2.1): what it has asked is still answered, and it closes the connection when it is done. */
  private bidFarewell(session: SmppSession): void {
    if (session.mode === undefined) session.socket.destroy();
    else session.request({ command: 'unbind' }, () => this.closeWhenIdle(session));
  }

  private closeWhenIdle(session: SmppSession): void {
    if (session.inProgress === 0) session.close();
    else setTimeout(() => this.closeWhenIdle(session), LOOK_AGAIN_MS);
  }

  nowMs(): number {
    return this.wheel.clock.monotonicMs();
  }

  after(delayMs: number, action: () => void): void {
    this.wheel.clock.after(delayMs, action);
  }

  received(session: SmppSession, frame: FrameRef, receivedAtMs: number): void {
    this.dispatcher.received(session, frame, receivedAtMs);
  }

  /** Nothing else would hand over what waited meanwhile: there may be no answer to come. */
  unclogged({ account, isReceiver }: SmppSession): void {
    if (account !== undefined && isReceiver) this.receipts.outbox(account.login).drain();
  }

  closed(session: SmppSession): void {
    this.sessions.open.delete(session);
    if (session.account !== undefined) this.receipts.outbox(session.account.login).leave(session);
  }

  /** Serves a connection; undefined when there are too many. */
  accept(socket: Socket): SmppSession | undefined {
    if (this.sessions.open.size >= this.config.smppMaxSessions) {
      socket.on('error', () => undefined);
      socket.destroy();
      return undefined;
    }
    const session = new SmppSession(this.sessions.nextId(), socket, this);
    this.sessions.open.add(session);
    return session;
  }

  /** A port that was asked for must be free; the usual one may be any other when it is taken. */
  private async open(server: Server, port: number | undefined, usual: number): Promise<void> {
    try {
      await listening(server, port ?? usual, this.config.host);
    } catch (failure) {
      const code = (failure as NodeJS.ErrnoException).code ?? String(failure);
      if (port !== undefined || code !== 'EADDRINUSE') {
        throw new SettingsError(`cannot listen on ${this.config.host}:${port ?? usual}: ${code}`);
      }
      await listening(server, 0, this.config.host);
      this.logger.warn('smpp.port-taken', { usual, port: (server.address() as AddressInfo).port });
    }
    this.servers.push(server);
  }
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 4096 }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}
