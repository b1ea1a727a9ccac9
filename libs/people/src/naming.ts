import type { Gender } from './person.js';

/** Surnames in -ко, -ук, -их, a bare consonant and the like have one form; the rest take the feminine ending. */
export function feminineSurname(surname: string): string {
  if (/(ов|ев|ёв|ин|ын)$/.test(surname)) return `${surname}а`;
  if (/(ий|ой|ый)$/.test(surname)) return `${surname.slice(0, -2)}ая`;
  return surname;
}

/** Stems that no rule gives: [masculine, feminine]. */
const IRREGULAR: Readonly<Record<string, readonly [string, string]>> = {
  Илья: ['Ильич', 'Ильинична'],
  Кузьма: ['Кузьмич', 'Кузьминична'],
  Лука: ['Лукич', 'Лукинична'],
  Фома: ['Фомич', 'Фоминична'],
  Никита: ['Никитич', 'Никитична'],
  Савва: ['Саввич', 'Саввична'],
  Лев: ['Львович', 'Львовна'],
  Павел: ['Павлович', 'Павловна'],
  Пётр: ['Петрович', 'Петровна'],
  Михаил: ['Михайлович', 'Михайловна'],
  Яков: ['Яковлевич', 'Яковлевна'],
};
/** Here «и» stays: Дмитриевич, but Васильевич. */
const KEEPS_VOWEL = new Set(['Георгий', 'Дмитрий', 'Иннокентий', 'Лаврентий']);

/** Patronymic of the child of a man with this first name. */
export function patronymicOf(fatherName: string, gender: Gender): string {
  const irregular = IRREGULAR[fatherName];
  if (irregular) return irregular[gender === 'MALE' ? 0 : 1];
  return softOrHardStem(fatherName) + (gender === 'MALE' ? 'ич' : 'на');
}

function softOrHardStem(name: string): string {
  if (name.endsWith('ий')) return `${name.slice(0, -2)}${KEEPS_VOWEL.has(name) ? 'и' : 'ь'}ев`;
  if (name.endsWith('й') || name.endsWith('ь')) return `${name.slice(0, -1)}ев`;
  return `${name}ов`;
}

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ' +
    'ъ= ы=y ь= э=e ю=yu я=ya'
  )
    .split(' ')
    .map((pair) => pair.split('=')) as [string, string][],
);

/** Lower-case ASCII spelling of a Russian word, for e-mail addresses. */
export const transliterate = (word: string): string =>
  Array.from(word.toLowerCase(), (letter) => LATIN[letter] ?? '').join('');
