/** Items of the Zabbix templates. `pattern` is PROMETHEUS_PATTERN; `{#OPERATION}` stands in prototypes. */

const OPERATION = '{#OPERATION}';
const percentile = (quantile, from) => ({
  key: `poligon.load.latency.${from}.p${quantile.slice(2).padEnd(2, '0')}[${OPERATION}]`,
  name: `${OPERATION}: время отклика p${quantile.slice(2).padEnd(2, '0')} от ${from === 'plan' ? 'плана' : 'отправки'}`,
  pattern: `poligon_load_latency_seconds{operation="${OPERATION}",from="${from}",quantile="${quantile}"}`,
  units: 's',
});

/** @type {{ id: string, name: string, description: string, macros: { macro: string, value: string, description: string }[], items: object[], discovery: object }[]} */
export const TEMPLATES = [
  {
    id: 'poligon-load',
    name: 'Poligon load by HTTP',
    description: 'Модуль нагрузки: ход теста, время отклика, точность, ошибки, годность генератора.',
    macros: [
      {
        macro: '{$POLIGON.LOAD.URL}',
        value: 'http://127.0.0.1:9464/metrics',
        description: 'адрес /metrics модуля нагрузки',
      },
      { macro: '{$POLIGON.ACCURACY.MIN}', value: '98', description: 'наименьшая точность интенсивности, %' },
      { macro: '{$POLIGON.ERRORS.MAX}', value: '1', description: 'наибольшая доля ошибок, %' },
      { macro: '{$POLIGON.CPU.MAX}', value: '80', description: 'наибольшая загрузка процессора генератора, %' },
    ],
    url: '{$POLIGON.LOAD.URL}',
    items: [
      { key: 'poligon.load.level', name: 'Уровень нагрузки', pattern: 'poligon_load_level_percent', units: '%' },
      { key: 'poligon.load.step', name: 'Ступень', pattern: 'poligon_load_step' },
      { key: 'poligon.load.hold', name: 'Идёт полка', pattern: 'poligon_load_phase{phase="hold"}' },
      { key: 'poligon.load.inflight', name: 'Операций в работе', pattern: 'poligon_load_in_flight' },
      {
        key: 'poligon.load.dropped',
        name: 'Отброшено операций',
        pattern: 'poligon_load_dropped_total',
        trigger: { expression: 'change(%)>0', name: 'Генератор отбрасывает операции', priority: 'HIGH' },
      },
      {
        key: 'poligon.load.cpu',
        name: 'Процессор генератора',
        pattern: 'poligon_load_generator_cpu_percent',
        units: '%',
        trigger: {
          expression: 'min(%,1m)>{$POLIGON.CPU.MAX}',
          name: 'Генератор загружен: ступень недействительна',
          priority: 'HIGH',
        },
      },
      {
        key: 'poligon.load.elu',
        name: 'Загрузка цикла событий генератора',
        pattern: 'poligon_load_generator_event_loop_utilisation',
      },
      {
        key: 'poligon.load.memory',
        name: 'Память генератора',
        pattern: 'poligon_load_generator_memory_bytes',
        units: 'B',
      },
      {
        key: 'poligon.load.target',
        name: 'Плановая интенсивность',
        pattern: 'poligon_load_target_rate',
        output: 'sum',
        units: '1/s',
      },
      {
        key: 'poligon.load.completed',
        name: 'Достигнутая интенсивность',
        pattern: 'poligon_load_completed_rate',
        output: 'sum',
        units: '1/s',
      },
    ],
    graphs: [{ name: 'Интенсивность: план и факт', keys: ['poligon.load.target', 'poligon.load.completed'] }],
    discovery: {
      key: 'poligon.load.operations',
      name: 'Операции профиля',
      pattern: 'poligon_load_sla_seconds',
      macro: OPERATION,
      label: 'operation',
      items: [
        ...['0.5', '0.9', '0.95', '0.99'].map((quantile) => percentile(quantile, 'plan')),
        percentile('0.95', 'send'),
        {
          key: `poligon.load.sla[${OPERATION}]`,
          name: `${OPERATION}: SLA`,
          pattern: `poligon_load_sla_seconds{operation="${OPERATION}"}`,
          units: 's',
        },
        {
          key: `poligon.load.target[${OPERATION}]`,
          name: `${OPERATION}: план`,
          pattern: `poligon_load_target_rate{operation="${OPERATION}"}`,
          units: '1/s',
        },
        {
          key: `poligon.load.completed[${OPERATION}]`,
          name: `${OPERATION}: завершено`,
          pattern: `poligon_load_completed_rate{operation="${OPERATION}"}`,
          units: '1/s',
        },
        {
          key: `poligon.load.errors[${OPERATION}]`,
          name: `${OPERATION}: доля ошибок`,
          pattern: `poligon_load_error_percent{operation="${OPERATION}"}`,
          units: '%',
          trigger: {
            expression: 'last(%)>{$POLIGON.ERRORS.MAX}',
            name: `${OPERATION}: доля ошибок выше предела`,
            priority: 'AVERAGE',
          },
        },
        {
          key: `poligon.load.accuracy[${OPERATION}]`,
          name: `${OPERATION}: точность`,
          pattern: `poligon_load_accuracy_percent{operation="${OPERATION}"}`,
          units: '%',
          trigger: {
            expression: 'max(%,2m)<{$POLIGON.ACCURACY.MIN}',
            name: `${OPERATION}: точность ниже предела`,
            priority: 'WARNING',
          },
        },
        {
          key: `poligon.load.ok[${OPERATION}]`,
          name: `${OPERATION}: успешных в секунду`,
          pattern: `poligon_load_operations_total{operation="${OPERATION}",result="ok"}`,
          units: '1/s',
          isCounter: true,
        },
      ],
      triggers: [
        {
          expression: `last(/TEMPLATE/poligon.load.latency.plan.p95[${OPERATION}])>last(/TEMPLATE/poligon.load.sla[${OPERATION}])`,
          name: `${OPERATION}: p95 выше SLA`,
          priority: 'AVERAGE',
        },
      ],
      graphs: [
        {
          name: `${OPERATION}: время отклика`,
          keys: [
            `poligon.load.latency.plan.p50[${OPERATION}]`,
            `poligon.load.latency.plan.p95[${OPERATION}]`,
            `poligon.load.latency.plan.p99[${OPERATION}]`,
            `poligon.load.sla[${OPERATION}]`,
          ],
        },
      ],
    },
  },
  {
    id: 'poligon-emulator',
    name: 'Poligon emulator by HTTP',
    description: 'Эмулятор внешней системы: обращения, время ответа, внесённые задержки, процесс.',
    macros: [
      {
        macro: '{$POLIGON.EMULATOR.URL}',
        value: 'http://127.0.0.1:9103/metrics',
        description: 'адрес /metrics эмулятора (порт администрирования)',
      },
    ],
    url: '{$POLIGON.EMULATOR.URL}',
    items: [
      {
        key: 'poligon.exchanges.rate',
        name: 'Обращений в секунду',
        pattern: 'poligon_exchanges_total',
        output: 'sum',
        units: '1/s',
        isCounter: true,
      },
      { key: 'poligon.exchanges.inflight', name: 'Обращений в работе', pattern: 'poligon_exchanges_in_flight' },
      {
        key: 'poligon.faults.rate',
        name: 'Срабатываний сбоев в секунду',
        pattern: 'poligon_fault_hits_total',
        output: 'sum',
        units: '1/s',
        isCounter: true,
        isOptional: true,
        trigger: { expression: 'last(%)>0', name: 'Действуют правила сбоев', priority: 'INFO' },
      },
      {
        key: 'poligon.process.cpu',
        name: 'Процессор',
        pattern: 'process_cpu_seconds_total',
        units: '',
        isCounter: true,
      },
      { key: 'poligon.process.memory', name: 'Память', pattern: 'process_resident_memory_bytes', units: 'B' },
      {
        key: 'poligon.process.loop',
        name: 'Задержка цикла событий p99',
        pattern: 'nodejs_eventloop_lag_p99_seconds',
        units: 's',
      },
    ],
    graphs: [{ name: 'Обращения и сбои', keys: ['poligon.exchanges.rate', 'poligon.faults.rate'] }],
    discovery: {
      key: 'poligon.exchange.operations',
      name: 'Операции эмулятора',
      pattern: 'poligon_exchange_duration_seconds_count',
      macro: OPERATION,
      label: 'operation',
      items: [
        {
          key: `poligon.exchange.rate[${OPERATION}]`,
          name: `${OPERATION}: обращений в секунду`,
          pattern: `poligon_exchange_duration_seconds_count{operation="${OPERATION}"}`,
          units: '1/s',
          isCounter: true,
        },
        ...['0.5', '0.95', '0.99'].map((quantile) => ({
          key: `poligon.exchange.p${quantile.slice(2).padEnd(2, '0')}[${OPERATION}]`,
          name: `${OPERATION}: p${quantile.slice(2).padEnd(2, '0')} ответа`,
          pattern: `poligon_exchange_latency_seconds{operation="${OPERATION}",quantile="${quantile}"}`,
          units: 's',
          isOptional: true,
        })),
      ],
      triggers: [],
      graphs: [
        {
          name: `${OPERATION}: время ответа`,
          keys: [
            `poligon.exchange.p50[${OPERATION}]`,
            `poligon.exchange.p95[${OPERATION}]`,
            `poligon.exchange.p99[${OPERATION}]`,
          ],
        },
      ],
    },
  },
];
