import type { EntitySet } from './edm.js';
import { readObjects } from './object-sets.js';

const KINDS: readonly string[] = [
  ...['Дополнительные', 'Сводные', 'Регламентированные', 'Плановые', 'Архивные', 'Служебные'],
  ...['Кадровые', 'Расчетные', 'Нормативные', 'Исторические', 'Вторичные', 'Отчетные'],
];
const NOUNS: readonly string[] = [
  ...['Данные', 'Показатели', 'Сведения', 'Настройки', 'Начисления', 'Распределения'],
  ...['Льготы', 'Графики', 'Отчисления', 'Справки', 'Статусы', 'Соответствия'],
];

/** Objects of one group: 13 entities with 5 virtual tables, about what a configuration of ЗУП КОРП has of each (1c.md 2.1, sizes). */
const GROUP = `
Catalog %
  code:9 name:150 parent
  Организация>Catalog_Организации Родственный>Catalog_% НаименованиеПолное:s ДатаНачала:d ДатаОкончания:d Используется:b Порядок:i Комментарий:s
  [ДополнительныеРеквизиты] Свойство:s Значение:s ТекстоваяСтрока:s
  [Состав] Сотрудник>Catalog_Сотрудники ДатаНачала:d Доля:n

Catalog %Виды
  name:150 owner>Catalog_%
  Идентификатор:s50 НаименованиеПечатное:s Точность:w ПоУмолчанию:b Приоритет:i
  [Показатели] Показатель:s ЗапрашиватьПриВводе:b
  [КонтактнаяИнформация] Представление:s500 Значение:s

Document %
  Организация>Catalog_Организации Подразделение>Catalog_ПодразделенияОрганизаций Ответственный>Catalog_Пользователи Вид>Catalog_%Виды
  ПериодРегистрации:d ДатаНачала:d ДатаОкончания:d Начислено:n Удержано:n ДокументРассчитан:b Комментарий:s
  [Начисления] Сотрудник>Catalog_Сотрудники Вид>Catalog_%Виды ДатаНачала:d ДатаОкончания:d Результат:n ОтработаноДней:n
  [Удержания] ФизическоеЛицо>Catalog_ФизическиеЛица Результат:n
  [Показатели] Показатель:s Значение:n

InformationRegister %
  dim: Организация>Catalog_Организации Сотрудник>Catalog_Сотрудники Вид>Catalog_%Виды
  res: Значение:n ДействуетДо:d ДокументОснование:s Активно:b
  periodic

AccumulationRegister %
  recorder: Document_%
  dim: Организация>Catalog_Организации ФизическоеЛицо>Catalog_ФизическиеЛица Вид>Catalog_%Виды
  res: Сумма:n Дней:n
`;
const GROUP_SIZE = 13;
/** `0001` of `Catalog_ПлановыеСведения0001Виды_Показатели`. */
const PLACE = /(\d{4,})(?:Виды)?(?:_|$)/;
const KEPT_GROUPS = 64;

/**
 * Empty objects that give the infobase the size of a real one: `$metadata` of ЗУП КОРП has some seven thousand entities. Each is a function of
 * its number, made when somebody asks for it and not kept for long.
 */
export class FillerSets {
  private readonly groups = new Map<number, readonly EntitySet[]>();

  /** @param count entities */
  constructor(readonly count: number) {}

  *all(): Generator<EntitySet> {
    for (let nth = 0; nth * GROUP_SIZE < this.count; nth += 1) {
      yield* group(nth).slice(0, this.count - nth * GROUP_SIZE);
    }
  }

  find(name: string): EntitySet | undefined {
    if (this.count === 0) return undefined;
    const nth = Number(PLACE.exec(name)?.[1] ?? 0) - 1;
    if (nth < 0 || nth * GROUP_SIZE >= this.count) return undefined;
    return this.kept(nth)
      .slice(0, this.count - nth * GROUP_SIZE)
      .find((set) => set.name === name);
  }

  private kept(nth: number): readonly EntitySet[] {
    const known = this.groups.get(nth);
    if (known !== undefined) return known;
    if (this.groups.size >= KEPT_GROUPS) this.groups.delete(this.groups.keys().next().value!);
    const made = group(nth);
    this.groups.set(nth, made);
    return made;
  }
}

function group(nth: number): readonly EntitySet[] {
  const kind = KINDS[nth % KINDS.length]!;
  const noun = NOUNS[Math.trunc(nth / KINDS.length) % NOUNS.length]!;
  return readObjects(GROUP.replaceAll('%', `${kind}${noun}${String(nth + 1).padStart(4, '0')}`));
}
