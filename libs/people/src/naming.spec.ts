import { feminineSurname, patronymicOf, transliterate } from './naming.js';
import { FEMALE_NAMES } from './tables/female-names.js';
import { MALE_NAMES } from './tables/male-names.js';
import { SURNAMES } from './tables/surnames.js';

describe('patronymicOf', () => {
  it.each([
    ['Иван', 'Иванович', 'Ивановна'],
    ['Сергей', 'Сергеевич', 'Сергеевна'],
    ['Игорь', 'Игоревич', 'Игоревна'],
    ['Василий', 'Васильевич', 'Васильевна'],
    ['Юрий', 'Юрьевич', 'Юрьевна'],
    ['Дмитрий', 'Дмитриевич', 'Дмитриевна'],
    ['Георгий', 'Георгиевич', 'Георгиевна'],
    ['Пётр', 'Петрович', 'Петровна'],
    ['Павел', 'Павлович', 'Павловна'],
    ['Лев', 'Львович', 'Львовна'],
    ['Михаил', 'Михайлович', 'Михайловна'],
    ['Яков', 'Яковлевич', 'Яковлевна'],
    ['Илья', 'Ильич', 'Ильинична'],
    ['Кузьма', 'Кузьмич', 'Кузьминична'],
    ['Никита', 'Никитич', 'Никитична'],
    ['Савва', 'Саввич', 'Саввична'],
    ['Фёдор', 'Фёдорович', 'Фёдоровна'],
    ['Олег', 'Олегович', 'Олеговна'],
  ])('of %s is %s for a son and %s for a daughter', (father, son, daughter) => {
    expect(patronymicOf(father, 'MALE')).toBe(son);
    expect(patronymicOf(father, 'FEMALE')).toBe(daughter);
  });

  it.each(MALE_NAMES)('of %s ends as patronymics do', (father) => {
    expect(patronymicOf(father, 'MALE')).toMatch(/^[А-ЯЁ][а-яё]+(ович|евич|ьич|мич|кич|тич|вич)$/);
    expect(patronymicOf(father, 'FEMALE')).toMatch(/^[А-ЯЁ][а-яё]+(овна|евна|ична)$/);
  });
});

describe('feminineSurname', () => {
  it.each([
    ['Иванов', 'Иванова'],
    ['Королёв', 'Королёва'],
    ['Зайцев', 'Зайцева'],
    ['Никитин', 'Никитина'],
    ['Голицын', 'Голицына'],
    ['Троицкий', 'Троицкая'],
    ['Толстой', 'Толстая'],
    ['Белый', 'Белая'],
    ['Шевченко', 'Шевченко'],
    ['Шевчук', 'Шевчук'],
    ['Черных', 'Черных'],
    ['Коваль', 'Коваль'],
  ])('of %s is %s', (masculine, feminine) => {
    expect(feminineSurname(masculine)).toBe(feminine);
  });
});

describe('name tables', () => {
  it.each([
    ['surnames', SURNAMES, 150],
    ['male names', MALE_NAMES, 60],
    ['female names', FEMALE_NAMES, 60],
  ])('hold distinct Russian %s, enough of them', (_name, table, least) => {
    expect(table.length).toBeGreaterThanOrEqual(least);
    expect(new Set(table).size).toBe(table.length);
    for (const word of table) expect(word).toMatch(/^[А-ЯЁ][а-яё]+$/);
  });

  it('spell every name in lower-case ASCII letters', () => {
    for (const word of [...SURNAMES, ...MALE_NAMES, ...FEMALE_NAMES])
      expect(transliterate(word)).toMatch(/^[a-z]{2,}$/);
    expect(transliterate('Щукин')).toBe('shchukin');
  });
});
