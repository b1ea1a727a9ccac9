import type { Reason } from '../verdict/verdict.js';
import type { ReportTexts } from './texts.js';

const number = (value: number | undefined, digits = 1) => (value ?? 0).toFixed(digits).replace('.', ',');
const ms = (value: number | undefined) => `${Math.round(value ?? 0)} мс`;

const REASONS: Record<Reason['code'], (reason: Reason, operation: string) => string> = {
  lag: (r) => `отставание генератора от плана p99 ${ms(r.value)}, допустимо меньше ${ms(r.limit)} (10 % SLA)`,
  cpu: (r) => `процессор генератора занят на ${number(r.value)} %, допустимо меньше ${number(r.limit, 0)} %`,
  dropped: (r) => `генератор отбросил ${r.value} операций: достигнут предел одновременных операций`,
  little: (r) =>
    `число операций в работе расходится с законом Литтла на ${number(r.value)} %, допустимо ${number(r.limit, 0)} %`,
  launched: (r) => `генератор запустил ${number(r.value)} % запланированного, требуется ${number(r.limit, 0)} %`,
  saturated: (r) => `система насыщена: операций в работе было ${r.limit} в начале ступени и ${r.value} в конце`,
  accuracy: (r, op) => `«${op}»: точность интенсивности ${number(r.value)} %, требуется ${number(r.limit, 0)} %`,
  errors: (r, op) => `«${op}»: доля ошибок ${number(r.value)} %, допустимо ${number(r.limit)} %`,
  sla: (r, op) => `«${op}»: ${r.detail}-й перцентиль ${ms(r.value)} превышает SLA ${ms(r.limit)}`,
  stall: (r, op) => `«${op}»: неустойчивая работа, плохих минут ${r.value} из ${r.limit}`,
  'no-data': (_r, op) => `«${op}»: нет ни одной успешной операции`,
  'no-hold': () => 'ни одна ступень не завершена',
  prepare: (r) => `подготовка данных не удалась: ${r.detail}`,
  interrupted: (r) => (r.detail === undefined ? 'прогон прерван' : `прогон прерван: ${r.detail}`),
  signatures: (r) => `подписей под нагрузкой неверных: ${r.value} (${r.detail})`,
  stopped: (r) => `сработало правило остановки ${r.detail}: ${number(r.value)}`,
  external: (r) => `внешняя метрика ${r.detail}: ${number(r.value)}, порог ${number(r.limit)}`,
  lmax: (r) => `Lmax = ${number(r.value, 0)} % профиля`,
  'lmax-at-least': (r) => `Lmax не достигнут, не менее ${number(r.value, 0)} % профиля`,
  'lmax-none': () => 'ни одна ступень не пройдена, в том числе ниже начальной',
  'lmax-unknown': () => 'поиск максимума не завершён',
  'lmax-unconfirmed': (r) => `повторный тест на ступени ${number(r.value, 0)} % не завершён`,
  'lmax-disputed': (r) =>
    `Lmax спорный: более высокая ступень была пройдена при поиске, но подтвердилась только ${number(r.value, 0)} %`,
  'lmax-below': (r) =>
    `Система не соответствует требованиям по производительности: Lmax = ${number(r.value, 0)} % < Lцел = ${number(r.limit, 0)} %`,
};

/** Words of the Russian report; verdicts and column titles are those the customer's documents use. */
export const TEXTS_RU: ReportTexts = {
  language: 'ru',
  title: 'Отчёт о нагрузочном тестировании',
  verdicts: { success: 'Успешно', risks: 'Есть риски', failure: 'Провал', insufficient: 'Недостаточно данных' },
  reason: (reason, title) => REASONS[reason.code](reason, reason.operation ? title(reason.operation) : ''),
  successLine: 'Все операции выполнены с заданной интенсивностью, время отклика и доля ошибок в пределах требований.',
  sections: {
    search: 'Поиск максимума',
    conclusions: 'Выводы',
    profile: 'Профиль',
    steps: 'Результат ступени',
    details: 'Время отклика подробно',
    charts: 'Графики',
    errors: 'Ошибки по причинам',
    calls: 'Вызовы HTTP',
    fitness: 'Годность ступени',
    onec: 'Фоновый обмен с 1С',
    conditions: 'Условия прогона',
  },
  meta: {
    run: 'Прогон',
    target: 'Система',
    plan: 'План',
    profile: 'Профиль',
    seed: 'Зерно',
    start: 'Начало нагрузки',
    duration: 'Длительность',
    generator: 'Генератор',
  },
  cards: {
    operations: 'операций на ступени',
    succeeded: 'успешных',
    failed: 'неуспешных',
    accuracy: 'наименьшая точность',
    inFlight: 'в работе в среднем',
    lag: 'отставание генератора p99',
  },
  columns: {
    search: ['Ступень', 'Уровень', 'Назначение', 'Достигнутая пропускная способность', 'Вердикт'],
    profile: ['№', 'Описание сценария', 'Название скрипта', 'Целевая интенсивность, операций/час', 'SLA, сек'],
    step: [
      '№',
      'Описание сценария',
      'Название скрипта',
      'Целевая интенсивность, оп/час',
      'Успешных',
      'Неуспешных',
      'Точность, %',
      '90 перц. RT, мс',
      'SLA, сек',
    ],
    details: [
      'Описание сценария',
      'Принято p50, мс',
      'Принято p95, мс',
      'Завершено p50, мс',
      'p95, мс',
      'p99, мс',
      'макс., мс',
      'От отправки p95, мс',
      'SLA, мс',
    ],
    errors: ['Описание сценария', 'Причина', 'Всего', 'На ступени', 'Пример трассы'],
    calls: ['Операция HRLink', 'Основание', 'Вызовов', 'p50, мс', 'p95, мс', 'p99, мс', 'Ошибок', 'Ответы'],
    fitness: ['Ступень', 'Точность, %', 'lag p99, мс', 'CPU генератора, %', 'Потеряно', 'Литтл, %', 'Вердикт'],
    onec: ['Задание', 'Выполнений', 'Ошибок'],
    prepare: ['Этап', 'Объектов', 'Создано', 'Длительность, с'],
    faults: ['Система', 'Момент', 'Правило', 'Сбой', 'Операции'],
  },
  total: 'Итого',
  stepHeading: (level, from, to) => `Уровень нагрузки от профиля: ${level} %, время ступени: ${from} – ${to}`,
  stepNumber: (step) => `Ступень ${step}`,
  notes: {
    accuracy:
      'Точность: доля завершённых операций («Успешных» и «Неуспешных») от запланированных на ступени. Время отклика считается от запланированного момента. Разгон в оценку не входит.',
    few: (operations) => `Меньше 50 операций на ступени, одна пропущенная уже нарушает 98 %: ${operations}.`,
    details:
      '«Принято»: система взяла операцию в работу. «Завершено»: результат виден пользователю. Оба от запланированного момента; «от отправки» показывает, сколько из этого не вина генератора.',
    calls: 'Каждый HTTP-вызов отдельно, с повторными опросами. Подготовка данных не входит.',
    unconfirmed: (operations) => `Контракт не подтверждён документацией, пути взяты из профиля путей: ${operations}.`,
    allConfirmed: 'Все использованные вызовы подтверждены документацией или наблюдением.',
    noErrors: 'Ошибок не было.',
    noHolds: 'Ни одна ступень не завершена.',
    onecAbsent: 'Адрес эмулятора 1С не задан, фоновый обмен не наблюдался.',
    onecFailed: (error) => `Эмулятор 1С не ответил: ${error}`,
    noFaults: 'активных правил сбоев нет',
    doorFailed: (error) => `нет ответа: ${error}`,
    signatures: ({ signed, taken, notAvailable, valid, invalid, firstRefusal }) =>
      `Подписано под нагрузкой: ${signed}. Архивов получено: ${taken}, недоступно: ${notAvailable}. Подписей проверено: ${valid + invalid}, верных: ${valid}, неверных: ${invalid}${firstRefusal ? ` (${firstRefusal})` : ''}.`,
    littleNotApplied: 'мало данных',
    fitness: 'Сначала проверяется генератор: если он не успевал, о системе нельзя сказать ничего.',
    search:
      'Lmax: последняя ступень, на полке которой выдержаны SLA, доля ошибок и точность. Точки деградации, ошибок и насыщения разные и даны отдельно; пропускная способность: завершено за время полки, в процентах профиля.',
  },
  purposes: { search: 'поиск', confirm: 'подтверждение' },
  points: {
    degradation: 'Точка деградации',
    errors: 'Точка ошибок',
    saturation: 'Точка насыщения',
    throughput: 'Наибольшая пропускная способность',
    none: 'не достигнута',
  },
  pointValue: {
    degradation: (value, title) => `«${title}»: p95 в ${value} раза больше, чем на первой ступени`,
    errors: (value, title) => `«${title}»: ошибок ${value} %`,
    saturation: (value) => `завершено ${value} % профиля`,
  },
  reliability: ({ kind, levelPercent, lmaxPercent }) => {
    const share = number((levelPercent / lmaxPercent) * 100, 0);
    if (kind === 'regular')
      return `Тест надёжности проведён на ${share} % от максимума (${number(levelPercent, 0)} % профиля)`;
    if (kind === 'thin-reserve')
      return `Тест надёжности проведён на ${share} % от максимума: запас производительности менее 25 %`;
    const level = `Lmax = ${number(lmaxPercent, 0)} % < Lцел = 100 %`;
    const claim = `Система не соответствует требованиям по производительности: ${level}`;
    return levelPercent < 100
      ? `${claim}; нагрузка ${number(levelPercent, 0)} % дана для сведения и требование не подтверждает`
      : `${claim}; надёжность на целевой нагрузке не подтверждена`;
  },
  rehearsal: (factor) => `Репетиция: времена плана умножены на ${factor}, выводов о системе по ней не делают.`,
  prepareSteps: {
    structure: 'Организация, подразделения, должности',
    people: 'Сотрудники',
    certificates: 'Выпуск УНЭП подписантам',
    stock: 'Запас неподписанных документов',
  },
  prepareHeading: 'Подготовка данных (не оценивается)',
  faultsHeading: 'Правила сбоев в смежных системах',
  contractHeading: 'Контракт HRLink',
  repeatHeading: 'Как повторить',
  moments: { start: 'в начале', end: 'в конце' },
  chart: {
    latency: 'Время отклика от плана',
    throughput: 'Интенсивность: план и факт, все операции',
    generator: 'Генератор: операций в работе и процессор',
    planned: 'план',
    completed: 'завершено',
    inFlight: 'в работе',
    cpu: 'CPU, %',
    hold: 'ступень',
    perSecond: 'оп/с',
    milliseconds: 'мс',
    operation: 'операция',
    failed: 'неуспешная',
    slaOutside: (limit) => `SLA ${limit} с`,
  },
};
