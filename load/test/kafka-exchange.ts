import type { CoordinatorChannel, WorkerChannel } from '../src/distributed/channel.js';
import { kafkaCoordinator, kafkaWorker } from '../src/distributed/kafka-channel.js';
import type { News, Order } from '../src/distributed/messages.js';

/** Joins a coordinator with workers through a real broker and knows when everything said has been heard. */
export class KafkaExchange {
  private readonly orders = { said: 0, heard: 0 };
  private readonly news = { said: 0, heard: 0 };
  private idle: WorkerChannel[];

  private constructor(
    private readonly boss: CoordinatorChannel,
    private readonly hands: WorkerChannel[],
  ) {
    this.idle = [...hands];
  }

  /** Opens both ends and waits until they hear each other. */
  static async open(brokers: string[], topics: string, workers: number): Promise<KafkaExchange> {
    const boss = await kafkaCoordinator({ brokers, topics, self: `${topics}.boss` });
    const names = Array.from({ length: workers }, (_, index) => `${topics}.w${index}`);
    const hands = await Promise.all(names.map((self) => kafkaWorker({ brokers, topics, self })));
    await introduce(boss, hands);
    return new KafkaExchange(boss, hands);
  }

  coordinator(): CoordinatorChannel {
    const { boss, orders, news } = this;
    return {
      send: (order) => this.say(orders, boss.send(order)),
      onNews: (listener) => boss.onNews((message) => hear(news, () => listener(message))),
      close: () => Promise.resolve(),
    };
  }

  worker(): WorkerChannel {
    const channel = this.idle.shift();
    if (!channel) throw new Error('no worker left');
    const { orders, news } = this;
    return {
      send: (message) => this.say(news, channel.send(message)),
      onOrder: (listener) => channel.onOrder((message) => hear(orders, () => listener(message))),
      close: () => Promise.resolve(),
    };
  }

  /** Resolves when nothing is on its way any more: every order at every worker, all news at the coordinator. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      await new Promise((resolve) => setImmediate(resolve));
      const isQuiet = this.orders.heard === this.orders.said * this.hands.length && this.news.heard === this.news.said;
      quiet = isQuiet ? quiet + 1 : 0;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.boss.close(), ...this.hands.map((each) => each.close())]);
  }

  private say(count: { said: number }, sending: Promise<void>): Promise<void> {
    count.said += 1;
    return sending;
  }
}

function hear(count: { heard: number }, listen: () => void): void {
  count.heard += 1;
  listen();
}

const PROBE_MS = 100;

/** A consumer hears only what is said after it has joined: both sides speak until everybody has heard the last word. */
async function introduce(boss: CoordinatorChannel, hands: readonly WorkerChannel[]): Promise<void> {
  const heard = new Map<string, number>();
  boss.onNews((news: News) => news.kind === 'ping' && heard.set(news.session, news.sentAt));
  hands.forEach((hand, index) =>
    hand.onOrder((order: Order) => order.kind === 'pong' && heard.set(`order ${index}`, order.sentAt)),
  );
  const isHeard = (probe: number) =>
    hands.every((_, index) => heard.get(`news ${index}`) === probe && heard.get(`order ${index}`) === probe);
  for (let probe = 1; ; probe++) {
    await boss.send({ kind: 'pong', to: 'everybody', sentAt: probe, receivedAt: 0, answeredAt: 0 });
    await Promise.all(hands.map((hand, index) => hand.send({ kind: 'ping', session: `news ${index}`, sentAt: probe })));
    const deadline = Date.now() + PROBE_MS;
    while (!isHeard(probe) && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    if (isHeard(probe)) return;
  }
}
