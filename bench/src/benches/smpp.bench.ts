import Table from 'cli-table3';
import type { Bench, BenchOptions } from '../harness/bench.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { smppLoad } from '../harness/smpp-load.js';
import { median, short } from '../harness/statistics.js';

const FLOOR = 3;
const WINDOW = 100;
const CONNECTIONS = 1;
/** Receipts must come as fast as submits. */
const MIN_RECEIPT_SHARE = 0.95;
const OURS = 'gateway, receipts';
const REFERENCE = 'npm smpp, no receipts';
const PEER = 'npm smpp, receipts';

interface Measured {
  readonly perCpuSecond: number;
  readonly perSecond: number;
  /** Receipts by the second, over as long as submits. */
  readonly receiptsPerSecond: number;
  readonly receiptShare: number;
  readonly failures: number;
  readonly rssBytes: number;
}

interface Contender {
  readonly server: ProcessUnderTest;
  readonly hasReceipts: boolean;
}

/** submit_sm with receipts by the whole gateway, beside the least the npm package `smpp` can do as a server. */
export const smpp: Bench = {
  name: 'smpp',
  about: 'submit_sm per CPU-second, window 100: gateway with receipts, npm smpp without and with them',
  defaults: { rounds: 5, seconds: 4 },
  async run(options) {
    const contenders: Contender[] = [
      { server: await ProcessUnderTest.own(OURS, 'sms-gateway'), hasReceipts: true },
      { server: await ProcessUnderTest.own(REFERENCE, 'npm-smpp'), hasReceipts: false },
      { server: await ProcessUnderTest.own(PEER, 'npm-smpp', ['receipts']), hasReceipts: true },
    ];
    try {
      return verdict(await measure(contenders, options), options.log);
    } finally {
      await Promise.all(contenders.map(({ server }) => server.stop()));
    }
  },
};

async function measure(contenders: readonly Contender[], { rounds, seconds, log }: BenchOptions) {
  const measured = new Map(contenders.map(({ server }) => [server.name, [] as Measured[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const one = await measureOne(contender, seconds);
      // The first round warms everybody up.
      if (round > 0) measured.get(contender.server.name)!.push(one);
    }
    log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
  }
  return measured;
}

async function measureOne({ server, hasReceipts }: Contender, seconds: number): Promise<Measured> {
  const cpuBefore = server.cpuSeconds();
  const load = await smppLoad(server.port, { connections: CONNECTIONS, window: WINDOW, seconds, hasReceipts });
  const cpu = server.cpuSeconds() - cpuBefore;
  return {
    perCpuSecond: load.submits / cpu,
    perSecond: load.submits / load.seconds,
    receiptsPerSecond: load.timelyReceipts / load.seconds,
    receiptShare: load.timelyReceipts / load.submits,
    failures: load.failures + (hasReceipts ? load.submits - load.receipts : 0),
    rssBytes: server.rssBytes(),
  };
}

function verdict(measured: ReadonlyMap<string, readonly Measured[]>, log: (line: string) => void) {
  const ratioTo = (name: string) =>
    short(
      median(measured.get(OURS)!.map(({ perCpuSecond }, at) => perCpuSecond / measured.get(name)![at]!.perCpuSecond)),
      3,
    );
  const rows = [...measured].map(([name, list]) => {
    const of = (field: keyof Measured) => Math.round(median(list.map((one) => one[field])));
    return {
      name,
      perCpuSecond: of('perCpuSecond'),
      perSecond: of('perSecond'),
      receiptsPerSecond: of('receiptsPerSecond'),
      failures: list.reduce((sum, { failures }) => sum + failures, 0),
      rssMb: Math.round(list.at(-1)!.rssBytes / 1e6),
    };
  });
  const table = new Table({ head: ['server', 'submits/CPU-s', 'submits/s', 'receipts/s', 'failures', 'RSS MB'] });
  for (const { name, perCpuSecond, perSecond, receiptsPerSecond, failures, rssMb } of rows) {
    table.push([name, perCpuSecond, perSecond, receiptsPerSecond, failures, rssMb]);
  }
  log(table.toString());
  const [ours, reference, peer] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
  const ratio = ratioTo(REFERENCE);
  const receiptShare = short(median(measured.get(OURS)!.map((one) => one.receiptShare)), 3);
  return {
    bench: 'smpp',
    ratio,
    floor: FLOOR,
    holds: ratio >= FLOOR && receiptShare >= MIN_RECEIPT_SHARE && ours.failures === 0,
    ours: ours.perCpuSecond,
    reference: reference.perCpuSecond,
    ratioWithReceipts: ratioTo(PEER),
    referenceWithReceipts: peer.perCpuSecond,
    submitsPerSecond: ours.perSecond,
    receiptsPerSecond: ours.receiptsPerSecond,
    receiptShare,
    failures: ours.failures,
    rssMb: ours.rssMb,
  };
}
