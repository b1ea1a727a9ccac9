/**
 * Objects of EnterpriseData and where their fields come from (1c.md 2.5).
 *
 * One object per block: `Element Set`, then `key:` and `own:` fields. A field is `Name` or `Name=Property`; `:d` is a date, `:n` a number, `:b` true
 * or false; `Name=Property.2` is the third word of a text; `Name>Property Set` a reference, written with the key fields of what it leads to.
 */
export const ENTERPRISE_OBJECTS = `
Справочник.Организации Catalog_Организации
  key: Ссылка=Ref_Key Наименование=Description НаименованиеПолное ИНН КПП ЮридическоеФизическоеЛицо=ЮрФизЛицо
  own: ОГРН Префикс ДатаРегистрации:d

Справочник.ПодразделенияРегламентированногоУчета Catalog_ПодразделенияОрганизаций
  key: Ссылка=Ref_Key Наименование=Description КодВПрограмме=Code Организация>Owner_Key>Catalog_Организации
  own: Родитель>Parent_Key>Catalog_ПодразделенияОрганизаций

Справочник.Подразделения Catalog_СтруктураПредприятия
  key: Ссылка=Ref_Key Наименование=Description
  own: Родитель>Parent_Key>Catalog_СтруктураПредприятия

Справочник.Должности Catalog_Должности
  key: Ссылка=Ref_Key Наименование=Description
  own: НаименованиеКраткое

Справочник.ФизическиеЛица Catalog_ФизическиеЛица
  key: Ссылка=Ref_Key ФИО Фамилия=ФИО.0 Имя=ФИО.1 Отчество=ФИО.2 ДатаРождения:d КодВПрограмме=Code ИНН
  own: Пол СтраховойНомерПФР МестоРождения

Справочник.Сотрудники Catalog_Сотрудники
  key: Ссылка=Ref_Key Наименование=Description ТабельныйНомер=Code ФизическоеЛицо>ФизическоеЛицо_Key>Catalog_ФизическиеЛица ГоловнаяОрганизация>ГоловнаяОрганизация_Key>Catalog_Организации
  own: ВАрхиве:b

Справочник.ДокументыФизическихЛиц InformationRegister_ДокументыФизическихЛиц
  key: ФизическоеЛицо>Физлицо_Key>Catalog_ФизическиеЛица ВидДокумента ДатаВыдачи:d
  own: Серия Номер КемВыдан КодПодразделения ЯвляетсяДокументомУдостоверяющимЛичность:b

Справочник.КадроваяИсторияСотрудников InformationRegister_КадроваяИсторияСотрудников_RecordType
  key: ДатаСобытия=Period:d Сотрудник>Сотрудник_Key>Catalog_Сотрудники
  own: ВидСобытия Организация>Организация_Key>Catalog_Организации ГоловнаяОрганизация>ГоловнаяОрганизация_Key>Catalog_Организации ФизическоеЛицо>ФизическоеЛицо_Key>Catalog_ФизическиеЛица ПодразделениеОрганизации>Подразделение_Key>Catalog_ПодразделенияОрганизаций Должность>Должность_Key>Catalog_Должности ГоловнойСотрудник>ГоловнойСотрудник_Key>Catalog_Сотрудники ВидДоговора ДействуетДо:d КоличествоСтавок:n
`;

/** Versions of the format this infobase knows, oldest first. */
export const FORMAT_VERSIONS: readonly string[] = [
  ...['1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '1.8', '1.10', '1.11', '1.12'],
  ...['1.15', '1.16', '1.17', '1.18', '1.19', '1.20', '1.21'],
];
