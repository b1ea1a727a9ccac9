/**
 * Further objects of 1С:ЗУП, of the kinds that are more than data: processes and their tasks, charts, journals, accounting and calculation
 * registers (1c.md 2.1). The notation is that of `zup-objects.ts`; `process:` names the processes of tasks, `documents:` the documents of a
 * journal, `accounts:` and `calculation:` the chart of a register, `ext:` the most kinds of analytics an account has.
 */
export const ZUP_PROCESSES = `
BusinessProcess Задание
  Исполнитель>Catalog_Пользователи Наименование:s150 Описание:s СрокИсполнения:d ДатаЗавершения:d

Task ЗадачаИсполнителя
  process: BusinessProcess_Задание
  Исполнитель>Catalog_Пользователи СрокИсполнения:d ДатаИсполнения:d РезультатВыполнения:s

ChartOfCharacteristicTypes ДополнительныеРеквизитыИСведения
  name:150
  Заголовок:s75 ЭтоДополнительноеСведение:b Комментарий:s

ChartOfCharacteristicTypes ПоказателиРасчетаЗарплаты
  code:9 name:100
  Идентификатор:s50 КраткоеНаименование:s20 Точность:w

ChartOfCalculationTypes Начисления
  code:5 name:100
  КодДоходаНДФЛ:s4 ВЗаконодательномПорядке:b

ChartOfCalculationTypes Удержания
  code:5 name:100
  СпособРасчета:s50

ChartOfAccounts Хозрасчетный
  code:8 name:120 parent
  Валютный:b Количественный:b

DocumentJournal ПриемыПереводыУвольнения
  documents: Document_ПриемНаРаботу|Document_КадровыйПеревод|Document_Увольнение
  Организация>Catalog_Организации Сотрудник>Catalog_Сотрудники ФизическоеЛицо>Catalog_ФизическиеЛица Подразделение>Catalog_ПодразделенияОрганизаций Должность>Catalog_Должности Комментарий:s

DocumentJournal Отпуска
  documents: Document_Отпуск
  Организация>Catalog_Организации Сотрудник>Catalog_Сотрудники ДатаНачалаПериодаОтсутствия:d ДатаОкончанияПериодаОтсутствия:d

CalculationRegister Начисления
  recorder: Document_НачислениеЗарплаты|Document_Отпуск
  calculation: ChartOfCalculationTypes_Начисления
  dim: Сотрудник>Catalog_Сотрудники Организация>Catalog_Организации Подразделение>Catalog_ПодразделенияОрганизаций
  res: Результат:n ОтработаноДней:n

CalculationRegister Удержания
  recorder: Document_НачислениеЗарплаты
  calculation: ChartOfCalculationTypes_Удержания
  dim: ФизическоеЛицо>Catalog_ФизическиеЛица Организация>Catalog_Организации
  res: Результат:n

AccountingRegister Хозрасчетный
  recorder: Document_НачислениеЗарплаты
  accounts: ChartOfAccounts_Хозрасчетный
  ext: 1
  dim: Организация>Catalog_Организации
  res: Сумма:n
`;

/** What stands in front of a predefined item of these objects: code, name and the name by which code knows it. */
export const ZUP_PREDEFINED: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  ChartOfCalculationTypes_Начисления: [
    ['00001', 'Оплата по окладу', 'ОплатаПоОкладу'],
    ['00002', 'Отпуск основной', 'ОтпускОсновной'],
    ['00003', 'Премия месячная', 'ПремияМесячная'],
  ],
  ChartOfCalculationTypes_Удержания: [['00001', 'НДФЛ', 'НДФЛ']],
  ChartOfAccounts_Хозрасчетный: [
    ['26', 'Общехозяйственные расходы', 'ОбщехозяйственныеРасходы'],
    ['68.01', 'НДФЛ при исполнении обязанностей налогового агента', 'НДФЛНалоговогоАгента'],
    ['70', 'Расчеты с персоналом по оплате труда', 'РасчетыСПерсоналом'],
  ],
  ChartOfCharacteristicTypes_ПоказателиРасчетаЗарплаты: [['000000001', 'Оклад', 'Оклад']],
};
