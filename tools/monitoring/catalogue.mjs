/**
 * What is watched, once for every monitoring system: the dashboards, the Zabbix templates and their tests come from here. Texts shown to
 * people are Russian; `legend` uses Prometheus labels.
 */

/** @typedef {{ title: string, unit: string, queries: { expr: string, legend: string }[], kind?: 'graph' | 'stat' | 'table', width?: number }} Panel */

const operations = '{operation=~"$operation"}';
const emulator = '{service=~"$service"}';

/** Marks on the time axis of every dashboard. */
export const ANNOTATIONS = [
  { name: 'Ступени', expr: 'changes(poligon_load_step[30s]) > 0', title: 'ступень', colour: '#5794F2' },
  {
    name: 'Вердикты',
    expr: 'poligon_load_hold_verdict unless poligon_load_hold_verdict offset 30s',
    title: 'вердикт',
    text: '{{verdict}}: ступень {{step}}, {{level}} %',
    colour: '#73BF69',
  },
  {
    name: 'Сбои',
    expr: 'sum by (service, rule, fault) (increase(poligon_fault_hits_total[30s])) > 0',
    title: 'сбой',
    text: '{{service}}: {{rule}} ({{fault}})',
    colour: '#FF780A',
  },
];

/** @type {{ uid: string, file: string, title: string, variables: { name: string, label: string, query: string }[], rows: { title: string, panels: Panel[] }[] }[]} */
export const DASHBOARDS = [
  {
    uid: 'poligon-load',
    file: 'load.json',
    title: 'Нагрузочный тест',
    variables: [{ name: 'operation', label: 'Операция', query: 'label_values(poligon_load_sla_seconds, operation)' }],
    rows: [
      {
        title: 'Ход теста',
        panels: [
          {
            title: 'Уровень, % профиля',
            unit: 'percent',
            kind: 'stat',
            width: 4,
            queries: [{ expr: 'poligon_load_level_percent', legend: 'уровень' }],
          },
          {
            title: 'Ступень',
            unit: 'none',
            kind: 'stat',
            width: 4,
            queries: [{ expr: 'poligon_load_step', legend: 'ступень' }],
          },
          {
            title: 'Фаза',
            unit: 'none',
            kind: 'stat',
            width: 4,
            queries: [{ expr: 'poligon_load_phase == 1', legend: '{{phase}}' }],
          },
          {
            title: 'Уровень и ступень',
            unit: 'none',
            width: 12,
            queries: [
              { expr: 'poligon_load_level_percent', legend: 'уровень, %' },
              { expr: 'poligon_load_step', legend: 'ступень' },
            ],
          },
        ],
      },
      {
        title: 'Интенсивность',
        panels: [
          {
            title: 'Все операции: план и факт',
            unit: 'ops',
            queries: [
              { expr: 'sum(poligon_load_target_rate)', legend: 'план' },
              { expr: 'sum(poligon_load_completed_rate)', legend: 'завершено' },
            ],
          },
          {
            title: 'Завершено, по операциям',
            unit: 'ops',
            queries: [{ expr: `poligon_load_completed_rate${operations}`, legend: '{{operation}}' }],
          },
          {
            title: 'Точность на полке',
            unit: 'percent',
            queries: [
              { expr: `poligon_load_accuracy_percent${operations}`, legend: '{{operation}}' },
              { expr: 'vector(98)', legend: 'предел' },
            ],
          },
          {
            title: 'Операции по исходам',
            unit: 'ops',
            queries: [{ expr: 'sum by (result) (rate(poligon_load_operations_total[1m]))', legend: '{{result}}' }],
          },
        ],
      },
      {
        title: 'Время отклика',
        panels: [
          {
            title: 'p95 от плана и SLA',
            unit: 's',
            width: 24,
            queries: [
              {
                expr: 'poligon_load_latency_seconds{operation=~"$operation",from="plan",quantile="0.95"}',
                legend: '{{operation}}',
              },
              { expr: `poligon_load_sla_seconds${operations}`, legend: 'SLA {{operation}}' },
            ],
          },
          {
            title: 'p50',
            unit: 's',
            queries: [
              {
                expr: 'poligon_load_latency_seconds{operation=~"$operation",from="plan",quantile="0.5"}',
                legend: '{{operation}}',
              },
            ],
          },
          {
            title: 'p99',
            unit: 's',
            queries: [
              {
                expr: 'poligon_load_latency_seconds{operation=~"$operation",from="plan",quantile="0.99"}',
                legend: '{{operation}}',
              },
            ],
          },
          {
            title: 'Доля p95 от SLA',
            unit: 'percentunit',
            queries: [{ expr: 'poligon:load_sla_ratio', legend: '{{operation}}' }],
          },
          {
            title: 'p95 от отправки',
            unit: 's',
            queries: [
              {
                expr: 'poligon_load_latency_seconds{operation=~"$operation",from="send",quantile="0.95"}',
                legend: '{{operation}}',
              },
            ],
          },
        ],
      },
      {
        title: 'Ошибки',
        panels: [
          {
            title: 'Доля ошибок за минуту',
            unit: 'percent',
            width: 24,
            queries: [{ expr: `poligon_load_error_percent${operations}`, legend: '{{operation}}' }],
          },
        ],
      },
      {
        title: 'Годность генератора',
        panels: [
          {
            title: 'Операций в работе',
            unit: 'none',
            queries: [{ expr: 'poligon_load_in_flight', legend: 'в работе' }],
          },
          {
            title: 'Отставание от плана, p99',
            unit: 's',
            queries: [{ expr: 'poligon_load_generator_lag_seconds{quantile="0.99"}', legend: '{{operation}}' }],
          },
          {
            title: 'Процессор и цикл событий',
            unit: 'percent',
            queries: [
              { expr: 'poligon_load_generator_cpu_percent', legend: 'CPU' },
              { expr: 'poligon_load_generator_event_loop_utilisation * 100', legend: 'цикл событий' },
            ],
          },
          { title: 'Память', unit: 'bytes', queries: [{ expr: 'poligon_load_generator_memory_bytes', legend: 'RSS' }] },
          {
            title: 'Отброшено операций',
            unit: 'none',
            queries: [{ expr: 'poligon_load_dropped_total', legend: 'отброшено' }],
          },
        ],
      },
    ],
  },
  {
    uid: 'poligon-emulators',
    file: 'emulators.json',
    title: 'Эмуляторы и сбои',
    variables: [{ name: 'service', label: 'Эмулятор', query: 'label_values(poligon_exchanges_in_flight, service)' }],
    rows: [
      {
        title: 'Обращения',
        panels: [
          {
            title: 'Обращений в секунду',
            unit: 'reqps',
            queries: [
              {
                expr: `sum by (service, operation) (rate(poligon_exchanges_total${emulator}[1m]))`,
                legend: '{{service}} {{operation}}',
              },
            ],
          },
          {
            title: 'По исходам',
            unit: 'reqps',
            queries: [
              {
                expr: `sum by (service, outcome) (rate(poligon_exchanges_total${emulator}[1m]))`,
                legend: '{{service}} {{outcome}}',
              },
            ],
          },
          {
            title: 'В работе',
            unit: 'none',
            queries: [{ expr: `poligon_exchanges_in_flight${emulator}`, legend: '{{service}}' }],
          },
          {
            title: 'Доля не ответов',
            unit: 'percentunit',
            queries: [{ expr: 'poligon:exchange_failed_ratio{service=~"$service"}', legend: '{{service}}' }],
          },
        ],
      },
      {
        title: 'Задержки',
        panels: [
          {
            title: 'p95 ответа за минуту',
            unit: 's',
            queries: [
              {
                expr: 'poligon_exchange_latency_seconds{service=~"$service",quantile="0.95"}',
                legend: '{{service}} {{operation}}',
              },
            ],
          },
          {
            title: 'p95 ответа по корзинам',
            unit: 's',
            queries: [
              { expr: 'poligon:exchange_p95_seconds{service=~"$service"}', legend: '{{service}} {{operation}}' },
            ],
          },
          {
            title: 'Внесено намеренно, среднее',
            unit: 's',
            queries: [
              { expr: 'poligon:injected_mean_seconds{service=~"$service"}', legend: '{{service}} {{operation}}' },
            ],
          },
          {
            title: 'Погрешность внесённой задержки, p99',
            unit: 's',
            queries: [
              {
                expr: `histogram_quantile(0.99, sum by (service, le) (rate(poligon_latency_error_seconds_bucket${emulator}[5m])))`,
                legend: '{{service}}',
              },
            ],
          },
        ],
      },
      {
        title: 'Сбои',
        panels: [
          {
            title: 'Срабатываний в секунду, по правилам',
            unit: 'ops',
            width: 24,
            queries: [
              {
                expr: `sum by (service, rule, fault) (rate(poligon_fault_hits_total${emulator}[1m])) or vector(0)`,
                legend: '{{service}} {{rule}} {{fault}}',
              },
            ],
          },
        ],
      },
      {
        title: 'Процессы',
        panels: [
          {
            title: 'Процессор',
            unit: 'percentunit',
            queries: [{ expr: `rate(process_cpu_seconds_total${emulator}[1m])`, legend: '{{service}}' }],
          },
          {
            title: 'Память',
            unit: 'bytes',
            queries: [{ expr: `process_resident_memory_bytes${emulator}`, legend: '{{service}}' }],
          },
          {
            title: 'Задержка цикла событий, p99',
            unit: 's',
            queries: [{ expr: `nodejs_eventloop_lag_p99_seconds${emulator}`, legend: '{{service}}' }],
          },
          {
            title: 'Доступность',
            unit: 'none',
            queries: [{ expr: 'up{job="poligon-emulators",service=~"$service"}', legend: '{{service}}' }],
          },
        ],
      },
    ],
  },
  {
    uid: 'poligon-postgresql',
    file: 'postgresql.json',
    title: 'PostgreSQL под нагрузкой',
    variables: [{ name: 'datname', label: 'База', query: 'label_values(poligon_pg_sessions_count, datname)' }],
    rows: [
      {
        title: 'Запросы',
        panels: [
          {
            title: 'Время в секунду, 10 тяжелейших',
            unit: 's',
            queries: [
              {
                expr: 'topk(10, sum by (queryid, query) (rate(poligon_pg_statements_seconds_total{datname=~"$datname"}[1m])))',
                legend: '{{query}}',
              },
            ],
          },
          {
            title: 'Среднее время вызова, 10 медленнейших',
            unit: 's',
            queries: [
              { expr: 'topk(10, poligon:pg_statement_mean_seconds{datname=~"$datname"})', legend: '{{query}}' },
            ],
          },
          {
            title: 'Вызовов в секунду',
            unit: 'ops',
            queries: [
              {
                expr: 'topk(10, sum by (queryid, query) (rate(poligon_pg_statements_calls_total{datname=~"$datname"}[1m])))',
                legend: '{{query}}',
              },
            ],
          },
          {
            title: 'Блоков в секунду',
            unit: 'ops',
            queries: [
              {
                expr: 'topk(10, sum by (queryid, query) (rate(poligon_pg_statements_blocks_total{datname=~"$datname"}[1m])))',
                legend: '{{query}}',
              },
            ],
          },
        ],
      },
      {
        title: 'Сессии и ожидания',
        panels: [
          {
            title: 'Сессии по состояниям',
            unit: 'none',
            queries: [{ expr: 'sum by (state) (poligon_pg_sessions_count{datname=~"$datname"})', legend: '{{state}}' }],
          },
          {
            title: 'Активные по ожиданиям',
            unit: 'none',
            queries: [
              {
                expr: 'sum by (wait) (poligon_pg_sessions_count{datname=~"$datname",state="active"})',
                legend: '{{wait}}',
              },
            ],
          },
          {
            title: 'Ждут блокировки',
            unit: 'none',
            queries: [{ expr: 'poligon_pg_blocked_sessions', legend: 'сессий' }],
          },
          {
            title: 'Дольше всего в транзакции',
            unit: 's',
            queries: [{ expr: 'poligon_pg_blocked_longest_transaction_seconds', legend: 'секунд' }],
          },
        ],
      },
      {
        title: 'Таблицы',
        panels: [
          {
            title: 'Размер, 10 крупнейших',
            unit: 'bytes',
            queries: [
              { expr: 'topk(10, poligon_pg_tables_bytes{datname=~"$datname"})', legend: '{{schemaname}}.{{relname}}' },
            ],
          },
          {
            title: 'Строк последовательными просмотрами в секунду',
            unit: 'ops',
            queries: [
              {
                expr: 'topk(10, rate(poligon_pg_tables_seq_rows_total{datname=~"$datname"}[1m]))',
                legend: '{{schemaname}}.{{relname}}',
              },
            ],
          },
          {
            title: 'Мёртвые строки',
            unit: 'none',
            queries: [
              {
                expr: 'topk(10, poligon_pg_tables_dead_rows{datname=~"$datname"})',
                legend: '{{schemaname}}.{{relname}}',
              },
            ],
          },
        ],
      },
    ],
  },
];
