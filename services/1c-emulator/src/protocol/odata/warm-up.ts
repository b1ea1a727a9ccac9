import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ODataReader } from './odata-reader.js';

/** A page many rows have to be looked at for, with what clients ask most: a condition, chosen fields, a reference. */
const OPTIONS: readonly (readonly [string, string])[] = [
  ['$filter', "ВАрхиве eq false and startswith(Description,'Б') and Code ge '0'"],
  ['$select', 'Ref_Key,Code,Description,ФизическоеЛицо_Key'],
];
const PAGE = '100';
const ROUNDS = 3;
const ROOT = '/warm-up/odata/standard.odata';

/**
 * Reads a few pages before the first caller does, so that he does not wait for the compiler. No data are kept of it: every row is worked out
 * anew when asked for.
 */
@Injectable()
export class ODataWarmUp implements OnApplicationBootstrap {
  constructor(private readonly reader: ODataReader) {}

  async onApplicationBootstrap(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const form of ['minimal', 'atom'] as const) {
        const options = new Map([...OPTIONS, ['$top', PAGE], ['$skip', String(round)]]);
        await this.reader.answer({ url: `${ROOT}/Catalog_Сотрудники`, options, form, root: ROOT });
      }
    }
  }
}
