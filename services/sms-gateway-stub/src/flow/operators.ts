import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG,
  Draw,
  Random,
  ResetOnAdmin,
  sampler,
  type Distribution,
  type Resettable,
  type Sampler,
} from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { MessageState } from '../domain/message.js';
import { operatorRangeSchema, type OperatorRange } from './operator-range.js';

/** What an operator makes of one message. */
export interface OperatorVerdict {
  /** Milliseconds from acceptance to the handset; undefined when it never gets there. */
  readonly arrivesMs: number | undefined;
  /** Milliseconds from acceptance to the final state. */
  readonly reportMs: number;
  readonly state: MessageState;
  readonly error: number;
  /** True: this very object is the verdict on every message of the operator. */
  readonly isShared?: true;
}

interface Carrier {
  readonly range: OperatorRange;
  readonly handsetDelay: Sampler;
  readonly receiptDelay: Sampler;
  readonly weights: number;
  /** The verdict of an operator that leaves nothing to chance. */
  readonly certain: OperatorVerdict | undefined;
}

/** The operators behind the gateway. The same seed, number and count of messages before it give the same verdict. */
@Injectable()
@ResetOnAdmin()
export class Operators implements Resettable {
  private carriers: readonly Carrier[] = [];
  private readonly otherwise: Carrier;
  private readonly draw = new Draw();
  private count = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'operators' | 'handsetDelay' | 'receiptDelayMs'>,
    private readonly random: Random,
  ) {
    this.otherwise = this.carrier(operatorRangeSchema.parse({}));
    this.reset();
  }

  /** Ranges in the order they are tried. */
  get ranges(): readonly OperatorRange[] {
    return this.carriers.map(({ range }) => range);
  }

  /** Replaces all ranges; messages under way keep their verdict. */
  use(ranges: readonly OperatorRange[]): void {
    this.carriers = ranges.map((range) => this.carrier(range));
  }

  /** The operator of a number. */
  rangeOf(phone: string): OperatorRange {
    return this.carrierOf(phone).range;
  }

  /** Decides what becomes of a message to `phone`. */
  judge(phone: string): OperatorVerdict {
    const { range, handsetDelay, receiptDelay, weights, certain } = this.carrierOf(phone);
    this.count += 1;
    if (certain !== undefined) return certain;
    const draw = this.draw.aim(this.random.hash('operator', phone, this.count));
    const isDelivered = draw.next() < range.deliveredShare;
    const arrivesMs = handsetDelay(draw);
    const reportMs = receiptDelay(draw);
    if (isDelivered) return { arrivesMs, reportMs: Math.max(reportMs, arrivesMs), state: 'delivered', error: 0 };
    let point = draw.next() * weights;
    const failure = range.failures.find(({ weight }) => (point -= weight) < 0) ?? range.failures[0]!;
    return { arrivesMs: undefined, reportMs, state: failure.state, error: failure.error };
  }

  reset(): void {
    this.count = 0;
    this.use(this.config.operators);
  }

  private carrierOf(phone: string): Carrier {
    if (this.carriers.length === 0) return this.otherwise;
    return this.carriers.find(({ range }) => serves(range, phone)) ?? this.otherwise;
  }

  private carrier(range: OperatorRange): Carrier {
    const handset = range.handsetDelay ?? this.config.handsetDelay;
    const receipt = range.receiptDelay ?? ({ distribution: 'fixed', ms: this.config.receiptDelayMs } as const);
    return {
      range,
      handsetDelay: sampler(handset),
      receiptDelay: sampler(receipt),
      weights: range.failures.reduce((sum, { weight }) => sum + weight, 0),
      certain: range.deliveredShare < 1 ? undefined : certainVerdict(handset, receipt),
    };
  }
}

function certainVerdict(handset: Distribution, receipt: Distribution): OperatorVerdict | undefined {
  if (handset.distribution !== 'fixed' || receipt.distribution !== 'fixed') return undefined;
  const arrivesMs = handset.ms;
  return { arrivesMs, reportMs: Math.max(receipt.ms, arrivesMs), state: 'delivered', error: 0, isShared: true };
}

function serves({ prefixes, suffixes }: OperatorRange, phone: string): boolean {
  return (
    (prefixes.length === 0 || prefixes.some((prefix) => phone.startsWith(prefix))) &&
    (suffixes.length === 0 || suffixes.some((suffix) => phone.endsWith(suffix)))
  );
}
