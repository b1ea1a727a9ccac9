import type { Department, Organisation, Population, Position } from '@poligon/people';
import { dataVersion, StoredRow, ZERO_GUID, type Row, type SeedFields } from './row.js';
import { fixedGuid, fixedSeed, relatedGuid, seedOf, type Seed } from './seed.js';
import { ZUP_PREDEFINED } from './tables/zup-processes.js';
import { CONTACT_KINDS, staffSeeds } from './staff-seeds.js';
import { departmentList, organisationList } from './staff-lists.js';
import type { StaffSelection } from './staff.js';

const COMPANY_MASK = 0x3b9a07;
const STAFFING_MASK = 0x61d8c4;
const VERSION = { DataVersion: () => dataVersion(0) };
const FIRST_VERSION = dataVersion(0);

/** Everything the infobase holds before anybody writes: a function of the population and of the chosen part of it. */
export function infobaseSeeds(people: Population, selection: StaffSelection): ReadonlyMap<string, Seed> {
  return new Map([
    ['Catalog_Организации', seedOf(organisationList(people, selection), organisationFields(), ['Ref_Key'])],
    ...departmentSeeds(people, selection),
    ['Catalog_Должности', fixedSeed(positions(people), ['Ref_Key'])],
    ['Catalog_ВидыКонтактнойИнформации', fixedSeed(CONTACT_KINDS, ['Ref_Key'])],
    ['Catalog_Валюты', fixedSeed([currency()], ['Ref_Key'])],
    ['Constant_ИспользоватьКадровыйУчет', fixedSeed([StoredRow.flat({ Value: true })], [])],
    ['Constant_ЗаголовокСистемы', fixedSeed([StoredRow.flat({ Value: 'Зарплата и управление персоналом' })], [])],
    [
      'InformationRegister_СведенияОбОтветственныхЛицах',
      seedOf(organisationList(people, selection), directors(people), ['Period', 'Организация_Key']),
    ],
    ...predefinedSeeds(),
    ...staffSeeds(people, selection),
  ] as [string, Seed][]);
}

/** Items the configuration itself brings along. */
function predefinedSeeds(): [string, Seed][] {
  return Object.entries(ZUP_PREDEFINED).map(([set, items]) => {
    const rows = items.map(([Code, Description, PredefinedDataName]) =>
      StoredRow.flat({
        ...{ Ref_Key: fixedGuid(`${set}.${PredefinedDataName}`), DataVersion: FIRST_VERSION },
        ...{ Code, Description, Predefined: true, PredefinedDataName },
      }),
    );
    return [set, fixedSeed(rows, ['Ref_Key'])];
  });
}

function organisationFields(): SeedFields<Organisation> {
  return {
    values: {
      ...VERSION,
      Ref_Key: ({ guid }) => guid,
      Code: ({ index }) => String(index + 1).padStart(9, '0'),
      Description: ({ name }) => name,
      НаименованиеПолное: ({ fullName }) => fullName,
      ИНН: ({ inn }) => inn,
      КПП: ({ kpp }) => kpp,
      ОГРН: ({ ogrn }) => ogrn,
      ЮрФизЛицо: () => 'ЮридическоеЛицо',
      ГоловнаяОрганизация_Key: ({ guid }) => guid,
      ДатаРегистрации: () => '2003-04-01T00:00:00',
      КодНалоговогоОргана: ({ inn }) => inn.slice(0, 4),
    },
  };
}

function directors(people: Population): SeedFields<Organisation> {
  return {
    values: {
      Period: () => '2003-04-01T00:00:00',
      Организация_Key: ({ guid }) => guid,
      Руководитель_Key: ({ index }) => people.personGuidOf(people.employeeAt(index, 0)),
      ДолжностьРуководителя_Key: () => people.position(0).guid,
    },
  };
}

function departmentSeeds(people: Population, selection: StaffSelection): [string, Seed][] {
  const owner = ({ organisationIndex }: Department) => people.organisationGuidOf(organisationIndex);
  const parent = ({ organisationIndex, parentIndex }: Department, mask: number): string =>
    parentIndex === null ? ZERO_GUID : relatedGuid(people.department(organisationIndex, parentIndex).guid, mask);
  const made = (mask: number, values: SeedFields<Department>['values']): Seed => {
    const standard: SeedFields<Department>['values'] = {
      ...VERSION,
      Ref_Key: ({ guid }) => relatedGuid(guid, mask),
      Description: ({ name }) => name,
      Code: ({ index }) => String(index + 1).padStart(9, '0'),
      Parent_Key: (department) => parent(department, mask),
    };
    return seedOf(departmentList(people, selection, mask), { values: { ...standard, ...values } }, ['Ref_Key']);
  };
  const head = ({ organisationIndex, index }: Department) =>
    people.employeeGuidOf(people.departmentHead(organisationIndex, index));
  return [
    ['Catalog_ПодразделенияОрганизаций', made(0, { Owner_Key: owner, ГоловнаяОрганизация_Key: owner })],
    ['Catalog_СтруктураПредприятия', made(COMPANY_MASK, { ТекущийРуководитель_Key: head })],
    [
      'Catalog_ШтатноеРасписание',
      made(STAFFING_MASK, {
        Owner_Key: owner,
        Подразделение_Key: ({ guid }) => guid,
        ДатаУтверждения: () => '2025-01-01T00:00:00',
      }),
    ],
  ];
}

function positions(people: Population): Row[] {
  return Array.from({ length: people.positions }, (_, nth) => people.position(nth)).map(({ guid, name }: Position) =>
    StoredRow.flat({ Ref_Key: guid, DataVersion: FIRST_VERSION, Description: name, НаименованиеКраткое: name }),
  );
}

function currency(): Row {
  const guid = '1c0de643-0000-4000-8000-000000000001';
  const names = { Code: '643', Description: 'RUB', НаименованиеПолное: 'Российский рубль' };
  return StoredRow.flat({ Ref_Key: guid, DataVersion: FIRST_VERSION, ...names });
}
