/** One error of the standard interface (1c.md 3). */
export interface ODataEntry {
  /** Code of the body, sent as text. */
  readonly code: number;
  readonly status: number;
  readonly text: string;
}

const entry = (code: number, status: number, text: string): ODataEntry => ({ code, status, text });
const LOCK = 'Конфликт блокировок при выполнении транзакции:\n';

/** Entries of the standard interface by name; `detail.text` replaces the text, `detail.of` is put for `%`. */
export const ODATA_ENTRIES = {
  internal: entry(-1, 500, 'Произошла внутренняя ошибка OData сервиса'),
  'invalid-json': entry(-1, 500, 'Непредвиденный символ при чтении JSON'),
  'invalid-xml': entry(-1, 500, 'Ошибка разбора XML'),
  'bad-comparison': entry(-1, 500, '{%}: Неверные параметры в операции сравнения.'),
  'lock-conflict': entry(-1, 500, `${LOCK}Превышено максимальное время ожидания предоставления блокировки`),
  deadlock: entry(-1, 500, `${LOCK}Обнаружена взаимоблокировка`),
  'posting-refused': entry(-1, 500, 'Не удалось провести "%"'),
  'handler-refused': entry(
    -1,
    500,
    "Ошибка при выполнении обработчика - 'ПриЗаписи'\n{ОбщийМодуль.ОбщегоНазначения.Модуль(180)}: %",
  ),
  'joins-limit': entry(-1, 500, 'joins can have at most 32767 columns'),
  'line-number-missing': entry(-1, 500, 'Не указан номер строки табличной части'),
  'storage-full': entry(-1, 500, 'Недостаточно места для записи данных информационной базы'),
  'not-supported': entry(0, 501, 'The % parameter is not supported'),
  'batch-not-supported': entry(0, 501, 'Пакетные запросы не поддерживаются'),
  'cannot-parse': entry(1, 400, "Не удалось разобрать строку '%' как значение типа %!"),
  'bad-format': entry(2, 400, 'Неверный формат запроса'),
  'media-type': entry(3, 415, 'Тип представления не поддерживается'),
  'bad-value': entry(4, 400, 'Неверное значение свойства %'),
  'missing-value': entry(5, 400, 'Не задано обязательное значение свойства %'),
  'segment-not-found': entry(6, 400, 'Сегмент пути % не найден!'),
  'extra-segments': entry(6, 400, 'Обнаружены лишние сегменты!'),
  'method-not-found': entry(6, 400, 'Метод не найден'),
  'missing-key': entry(7, 400, 'Не задана часть ключа %'),
  'unknown-set': entry(8, 404, 'Сущность "%" не найдена'),
  'not-found': entry(9, 404, 'Экземпляр сущности "%" не найден по переданному ключу.'),
  'property-not-found': entry(10, 404, 'Свойство % не найдено'),
  'unknown-method': entry(11, 400, 'Метод % не найден'),
  'missing-argument': entry(12, 400, 'Не задан аргумент метода %'),
  'rows-read-only': entry(13, 400, 'Строки табличной части не могут создаваться отдельно от объекта'),
  'bad-filter': entry(14, 400, 'Ошибка при разборе опции запроса $filter'),
  'key-exists': entry(15, 400, 'Запись с такими ключевыми полями существует!'),
  'cannot-assign': entry(16, 400, 'Не удалось установить значение свойства %'),
  'no-load-mode': entry(17, 400, 'Объект не поддерживает режим загрузки данных'),
  'init-error': entry(18, 500, 'Ошибка инициализации: имена объектов повторяются'),
  'method-forbidden': entry(19, 405, 'Метод HTTP не разрешён для этого ресурса'),
  'access-denied': entry(20, 401, 'Нарушение прав доступа'),
  'not-implemented': entry(21, 501, 'Функция % не реализована'),
  'version-conflict': entry(-1, 412, 'Версия данных объекта изменилась'),
} as const satisfies Record<string, ODataEntry>;

export type ODataError = keyof typeof ODATA_ENTRIES;
