import type { ExchangeFate } from '../../flow/exchange/exchange-fate.js';
import type { SoapResult, SoapValue } from './web-service.js';

/** Arguments of one call, typed as the method declares them. */
export class SoapArguments {
  constructor(private readonly values: ReadonlyMap<string, SoapValue>) {}

  text(name: string): string {
    const value = this.values.get(name);
    return typeof value === 'string' ? value : '';
  }

  number(name: string): number {
    return Number(this.values.get(name) ?? 0);
  }

  flag(name: string): boolean {
    return this.values.get(name) === true;
  }

  bytes(name: string): Buffer {
    const value = this.values.get(name);
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
  }
}

/** Answers one method. */
export type SoapHandler = (given: SoapArguments, fate: ExchangeFate) => SoapResult;

/** Methods of one service by name. */
export type SoapHandlers = Readonly<Record<string, SoapHandler>>;
