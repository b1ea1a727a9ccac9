import type { ExchangeFate } from '../../flow/exchange/exchange-fate.js';
import { arrayTexts, structureMembers } from './v8-structure.js';
import { SentXml, type SoapResult, type SoapValue } from './web-service.js';

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

  /** Texts of a v8:Structure's members. */
  members(name: string): ReadonlyMap<string, string> {
    const value = this.values.get(name);
    return structureMembers(value instanceof SentXml ? value.element : undefined);
  }

  /** Texts of a v8:Array's elements. */
  texts(name: string): readonly string[] {
    const value = this.values.get(name);
    return arrayTexts(value instanceof SentXml ? value.element : undefined);
  }
}

/** Answers one method. */
export type SoapHandler = (given: SoapArguments, fate: ExchangeFate) => SoapResult | Promise<SoapResult>;

/** Methods of one service by name. */
export type SoapHandlers = Readonly<Record<string, SoapHandler>>;
