import { Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  Clock,
  commonSettings,
  defineEmulator,
  Exchange,
  ExchangeMetrics,
  ExchangeRunner,
  Journal,
  OperationRegistry,
  ProtocolError,
  replyPlan,
  WireReply,
  writePaced,
  type ErrorCatalogue,
  type Outcome,
} from '@poligon/emulator-kit';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A second made-up protocol: one line of text in, one line out, over TCP. `CALL <client> <person> <word>` is answered `CUCKOO <word>`. */
const cuckooErrors: ErrorCatalogue = {
  protocol: 'cuckoo',
  names: ['asleep', 'unwound', 'confused'],
  problems: {
    malformed: 'confused',
    invalid: 'confused',
    'too-large': 'confused',
    'media-type': 'confused',
    'unknown-path': 'confused',
    'wrong-method': 'confused',
    unavailable: 'asleep',
    internal: 'unwound',
  },
  owns: () => true,
  render: (name) => WireReply.text(name, 500),
};

@Injectable()
export class LineDoor implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Words the domain has heard, to see what was processed. */
  readonly heard: string[] = [];
  private readonly server = createServer((socket) => this.serve(socket));

  constructor(
    private readonly runner: ExchangeRunner,
    private readonly metrics: ExchangeMetrics,
    private readonly journal: Journal,
    private readonly clock: Clock,
    operations: OperationRegistry,
  ) {
    operations.add({ operation: 'cuckoo.call', about: 'calls the word' });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  onApplicationBootstrap(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  onApplicationShutdown(): void {
    this.server.close();
  }

  private serve(socket: Socket): void {
    socket.on('error', () => undefined);
    createInterface(socket).on('line', (line) => void this.answer(socket, line));
  }

  private async answer(socket: Socket, line: string): Promise<void> {
    const receivedAtMs = this.clock.monotonicMs();
    const [, client, subject, word = ''] = line.split(' ');
    const lookup = (path: string) => ({ word })[path];
    const exchange = new Exchange({ operation: 'cuckoo.call', client, subject, receivedAtMs, lookup });
    const outcome = await this.runner.run(exchange, () => this.call(word));
    await this.write(socket, exchange, outcome);
    this.metrics.ended(exchange, outcome.kind, this.clock.monotonicMs() - receivedAtMs);
    this.journal.record(exchange, outcome.kind, { line });
  }

  private call(word: string): string {
    if (word === 'hush') throw new ProtocolError('unwound');
    this.heard.push(word);
    return `CUCKOO ${word}`;
  }

  private async write(socket: Socket, exchange: Exchange, outcome: Outcome<string>): Promise<void> {
    if (outcome.kind === 'drop') {
      if (outcome.mode === 'reset') socket.resetAndDestroy();
      if (outcome.mode === 'empty-reply') socket.end();
      return;
    }
    const plan = replyPlan(Buffer.from(`${textOf(outcome)}\n`), exchange.shapes);
    const sink = {
      get isOpen() {
        return !socket.destroyed;
      },
      write: (chunk: Buffer) => void socket.write(chunk),
    };
    await writePaced(plan.bytes, plan.bytesPerSecond, { sink, clock: this.clock });
    if (plan.closes) socket.end();
  }
}

function textOf(outcome: Exclude<Outcome<string>, { kind: 'drop' }>): string {
  if (outcome.kind === 'reply') return outcome.value;
  return outcome.kind === 'status' ? `STATUS ${outcome.status}` : `ERR ${outcome.code}`;
}

@Module({ providers: [LineDoor] })
class CuckooModule {}

export const cuckoo = defineEmulator({
  name: 'cuckoo',
  settings: commonSettings('CUCKOO', { protocol: 0, admin: 0 }),
  module: () => CuckooModule,
  catalogues: [cuckooErrors],
});
