import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import type { Draw } from '../runtime/random.js';

/** Metadata key under which providers that are faults are found. */
export const FAULT_KIND = Symbol('fault kind');

/**
 * One kind of fault. It is registered by being a provider decorated with `@FaultKind()`; nothing lists the kinds.
 */
export interface Fault<O = unknown> {
  /** Kebab-case name on the wire, equal to the file name. */
  readonly name: string;
  /** One line for engineers. */
  readonly about: string;
  /** Options with units in their names. */
  readonly options: z.ZodType<O>;
  /** Decides on one exchange; a promise only when the decision itself must wait (a queue). */
  apply(exchange: Exchange, options: O, random: Draw): void | Promise<void>;
  /** Further rule that options must keep, e.g. that a named error exists; returns the problem in one line. */
  problem?(options: O): string | undefined;
}

/** Marks a provider as a kind of fault. */
export const FaultKind = (): ClassDecorator => SetMetadata(FAULT_KIND, true);
