import type { Sentence } from './finding.js';

/** Russian names of the series the module recognises by itself; what an engineer has named stays as it is. */
const RUSSIAN: Readonly<Record<string, string>> = {
  'CPU of the host': 'CPU сервера',
  heap: 'куча JVM',
  'connection pool busy': 'пул соединений занят',
  'waiting for a connection': 'ждут соединения',
  'request threads busy': 'потоки обработки заняты',
  'work in progress': 'работ в очереди и в работе',
  'conversion worker busy': 'исполнитель конвертации занят',
  'event loop lag p99': 'задержка цикла событий p99',
  'PostgreSQL sessions': 'сессии PostgreSQL',
  'calls in progress': 'вызовов в работе',
};

/** Name of a metric in every language: `hrlink: work in progress: send` → `hrlink: работ в очереди и в работе: send`. */
export function metricName(name: string): Sentence {
  const parts = name.split(': ').map((part) => RUSSIAN[part] ?? part);
  return { ru: parts.join(': '), en: name };
}
