import type { Person } from '@poligon/people';

const NAMES = ['LADA VESTA', 'LADA GRANTA', 'UAZ PATRIOT', 'HAVAL JOLION'];
const LETTERS = 'АВЕКМНОРСТУХ';

/** Every second person owns a vehicle and may drive it. */
export const isDriver = ({ index }: Pick<Person, 'index'>): boolean => index % 2 === 0;

const digits = (value: number, length: number): string => String(value % 10 ** length).padStart(length, '0');
const letter = (value: number): string => LETTERS[value % LETTERS.length]!;

/** Fields of a person's vehicle, undefined for those without. No region of Russia has the code 00 on its plates. */
export function vehicleOf(person: Pick<Person, 'index'>) {
  if (!isDriver(person)) return undefined;
  const { index } = person;
  return {
    name: NAMES[(index / 2) % NAMES.length]!,
    numberPlate: `${letter(index)}${digits(index, 3)}${letter(index + 5)}${letter(index + 7)}00`,
    regCertificate: { series: '0000', number: digits(index, 6) },
  };
}

/** Series and number of the driving licence. */
export const licenceOf = ({ index }: Pick<Person, 'index'>) => ({ series: '0000', number: digits(index + 7, 6) });
