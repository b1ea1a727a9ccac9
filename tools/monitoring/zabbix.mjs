import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { TEMPLATES } from './zabbix-catalogue.mjs';

const VERSIONS = ['6.0', '7.0'];
const COLOURS = ['1A7C11', 'F63100', '2774A4', 'A54F10', 'FC6EA3'];
const DELAY = '15s';

/** Name of file → text of the templates for every supported version of Zabbix. */
export function zabbixTemplates() {
  return VERSIONS.map((version) => [`zabbix/poligon-${version}.yaml`, stringify(exportOf(version), { lineWidth: 0 })]);
}

function exportOf(version) {
  const group = { uuid: uuid('group'), name: 'Templates/Poligon' };
  const isOld = version === '6.0';
  return {
    zabbix_export: {
      version,
      ...(isOld ? { date: '2026-01-01T00:00:00Z', groups: [group] } : { template_groups: [group] }),
      templates: TEMPLATES.map(templateOf),
      graphs: TEMPLATES.flatMap((template) => template.graphs.map((graph) => graphOf(template, graph))),
    },
  };
}

function templateOf(template) {
  const { id, name, description, macros, items, discovery } = template;
  return {
    uuid: uuid(id),
    template: name,
    name,
    description,
    groups: [{ name: 'Templates/Poligon' }],
    items: [
      masterOf(template),
      ...items.map((item) => ({ uuid: uuid(`${id} ${item.key}`), ...dependent(template, item) })),
    ],
    discovery_rules: [discoveryOf(template, discovery)],
    macros,
  };
}

function masterOf({ id, url }) {
  return {
    uuid: uuid(`${id} master`),
    name: 'Метрики',
    type: 'HTTP_AGENT',
    key: masterKey(id),
    delay: DELAY,
    history: '0',
    trends: '0',
    value_type: 'TEXT',
    url,
    timeout: '5s',
    tags: [{ tag: 'component', value: 'raw' }],
  };
}

/** An item or prototype that takes its value from the master item; the pattern must be the first step, then the parse is shared. */
function dependent(template, item) {
  const { key, name, pattern, output = 'value', units = '', isCounter = false, isOptional = false, trigger } = item;
  const onError = isOptional
    ? { error_handler: 'CUSTOM_VALUE', error_handler_params: '0' }
    : { error_handler: 'DISCARD_VALUE' };
  return {
    name,
    type: 'DEPENDENT',
    key,
    delay: '0',
    value_type: 'FLOAT',
    ...(units === '' ? {} : { units }),
    preprocessing: [
      { type: 'PROMETHEUS_PATTERN', parameters: [pattern, output, ''], ...onError },
      ...(isCounter ? [{ type: 'CHANGE_PER_SECOND', parameters: [''] }] : []),
    ],
    master_item: { key: masterKey(template.id) },
    tags: [{ tag: 'component', value: 'poligon' }],
    ...(trigger
      ? { [key.includes('{#') ? 'trigger_prototypes' : 'triggers']: [triggerOf(template, trigger, key)] }
      : {}),
  };
}

function triggerOf({ id, name: host }, { expression, name, priority }, key) {
  return {
    uuid: uuid(`${id} trigger ${name}`),
    expression: expression.replaceAll('%', `/${host}/${key}`).replaceAll('/TEMPLATE/', `/${host}/`),
    name,
    priority,
  };
}

function discoveryOf(template, { key, name, pattern, macro, label, items, triggers, graphs }) {
  const { id } = template;
  return {
    uuid: uuid(`${id} ${key}`),
    name,
    type: 'DEPENDENT',
    key,
    delay: '0',
    lifetime: '1d',
    item_prototypes: items.map((item) => ({ uuid: uuid(`${id} ${item.key}`), ...dependent(template, item) })),
    ...(triggers.length > 0 ? { trigger_prototypes: triggers.map((trigger) => triggerOf(template, trigger, '')) } : {}),
    graph_prototypes: graphs.map((graph) => graphOf(template, graph)),
    master_item: { key: masterKey(id) },
    lld_macro_paths: [{ lld_macro: macro, path: `$.labels['${label}']` }],
    preprocessing: [{ type: 'PROMETHEUS_TO_JSON', parameters: [pattern] }],
  };
}

function graphOf({ id, name: host }, { name, keys }) {
  return {
    uuid: uuid(`${id} graph ${name}`),
    name,
    graph_items: keys.map((key, at) => ({
      ...(at === 0 ? {} : { sortorder: String(at) }),
      color: COLOURS[at % COLOURS.length],
      item: { host, key },
    })),
  };
}

function masterKey(id) {
  return `${id.replace('-', '.')}.metrics`;
}

/** A stable identifier in the form of a random one (version 4): the same object keeps it in every version of the file. */
function uuid(name) {
  const hex = createHash('sha256').update(`poligon zabbix ${name}`).digest('hex').slice(0, 32);
  return `${hex.slice(0, 12)}4${hex.slice(13, 16)}${'89ab'[parseInt(hex[16], 16) % 4]}${hex.slice(17)}`;
}
