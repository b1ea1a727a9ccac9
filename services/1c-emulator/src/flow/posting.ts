import { Injectable } from '@nestjs/common';
import type { EntitySet } from '../domain/edm.js';
import { ZERO_GUID, type Row, type Scalar } from '../domain/row.js';
import { Infobase } from './infobase.js';

/** What a document of ЗУП writes into the HR history when it is posted. */
const HISTORY_EVENTS: Readonly<Record<string, { readonly event: string; readonly date: string }>> = {
  Document_ПриемНаРаботу: { event: 'Прием', date: 'ДатаПриема' },
  Document_КадровыйПеревод: { event: 'Перемещение', date: 'ДатаНачала' },
  Document_Увольнение: { event: 'Увольнение', date: 'ДатаУвольнения' },
};
const HISTORY = 'InformationRegister_КадроваяИсторияСотрудников';
const COPIED = ['Сотрудник_Key', 'ФизическоеЛицо_Key', 'Организация_Key', 'Подразделение_Key', 'Должность_Key'];

/** Register movements of documents. */
@Injectable()
export class Posting {
  constructor(private readonly infobase: Infobase) {}

  /** Writes the movements of a posted document, or takes them away. Documents of other kinds move nothing here. */
  async move(set: EntitySet, document: Row, isPosted: boolean): Promise<void> {
    const rule = Object.hasOwn(HISTORY_EVENTS, set.name) ? HISTORY_EVENTS[set.name]! : undefined;
    if (rule === undefined) return;
    const recorder = { Recorder: String(document.get('Ref_Key')), Recorder_Type: `StandardODATA.${set.name}` };
    const register = this.infobase.configuration.set(HISTORY)!;
    const key = `${recorder.Recorder}|${recorder.Recorder_Type}`;
    if (!isPosted) {
      await this.infobase.write(register, key, 'deleted');
      return;
    }
    const copied = COPIED.map((name): [string, Scalar] => [name, document.get(name) ?? ZERO_GUID]);
    const record = {
      ...recorder,
      ...Object.fromEntries(copied),
      Period: document.get(rule.date) ?? document.get('Date') ?? '',
      LineNumber: 1,
      Active: true,
      ВидСобытия: rule.event,
      ГоловнаяОрганизация_Key: document.get('Организация_Key') ?? ZERO_GUID,
      ГоловнойСотрудник_Key: document.get('Сотрудник_Key') ?? ZERO_GUID,
      ЭтоГоловнойСотрудник: true,
      КоличествоСтавок: document.get('КоличествоСтавок') ?? 1,
    };
    await this.infobase.write(register, key, { values: recorder, parts: { RecordSet: [record] } });
  }
}
