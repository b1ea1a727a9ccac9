/** Failures of the 1C platform itself and their texts (1c.md 3). */
export const PLATFORM_TEXTS = {
  'infobase-locked': 'Начало сеанса с информационной базой запрещено.',
  'no-licence': 'На сервере 1С:Предприятия не найдена лицензия.',
  'no-free-licence': 'Не обнаружено свободной лицензии!',
  'no-licence-key': 'Не найдена лицензия. Не обнаружен ключ защиты программы или полученная программная лицензия!',
  'exclusive-lock':
    'Ошибка разделенного доступа к базе данных. База данных заблокирована: компьютер: SERVER, сеанс: 2, ' +
    'начат: 16.09.2026 в 9:54:27, приложение: Фоновое задание',
  'session-lost': 'Сеанс отсутствует или удален',
  'session-killed': 'Сеанс работы завершен администратором.',
  'lock-conflict':
    'Конфликт блокировок при выполнении транзакции:\n' +
    'Превышено максимальное время ожидания предоставления блокировки',
  deadlock: 'Конфликт блокировок при выполнении транзакции: Обнаружена взаимоблокировка',
} as const;

export type PlatformFailure = keyof typeof PLATFORM_TEXTS;
export const platformFailures = Object.keys(PLATFORM_TEXTS) as PlatformFailure[];
