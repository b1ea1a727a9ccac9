import { ANNOTATIONS, DASHBOARDS } from './catalogue.mjs';

const SOURCE = { type: 'prometheus', uid: '${datasource}' };
const ROW_WIDTH = 24;
const HEIGHTS = { graph: 8, stat: 5, table: 8 };

/** Name of file → text of every dashboard; the data source is chosen in a variable of the dashboard. */
export function dashboards() {
  return DASHBOARDS.map((dashboard) => [
    `grafana/dashboards/${dashboard.file}`,
    `${JSON.stringify(dashboardOf(dashboard), null, 2)}\n`,
  ]);
}

function dashboardOf({ uid, title, variables, rows }) {
  return {
    uid,
    title,
    tags: ['poligon'],
    schemaVersion: 38,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '10s',
    timezone: '',
    time: { from: 'now-30m', to: 'now' },
    links: [
      {
        type: 'dashboards',
        tags: ['poligon'],
        title: 'Полигон',
        asDropdown: false,
        includeVars: false,
        keepTime: true,
      },
    ],
    annotations: { list: ANNOTATIONS.map(annotationOf) },
    templating: { list: [dataSource(), ...variables.map(variableOf)] },
    panels: panelsOf(rows),
  };
}

function annotationOf({ name, expr, title, text = '', colour }) {
  return {
    name,
    datasource: SOURCE,
    enable: true,
    iconColor: colour,
    expr,
    step: '15s',
    titleFormat: title,
    textFormat: text,
    useValueForTime: false,
  };
}

/** Works for files that are provisioned and for files that are imported by hand. */
function dataSource() {
  return {
    name: 'datasource',
    label: 'Prometheus',
    type: 'datasource',
    query: 'prometheus',
    refresh: 1,
    multi: false,
    includeAll: false,
    current: {},
  };
}

function variableOf({ name, label, query }) {
  return {
    name,
    label,
    type: 'query',
    datasource: SOURCE,
    query: { query, refId: 'variable' },
    definition: query,
    refresh: 2,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all', selected: true },
    sort: 1,
  };
}

function panelsOf(rows) {
  const panels = [];
  let y = 0;
  for (const { title, panels: wanted } of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: ROW_WIDTH, h: 1 },
      panels: [],
    });
    y += 1;
    let x = 0;
    let highest = 0;
    for (const panel of wanted) {
      const { width = 12, kind = 'graph' } = panel;
      if (x + width > ROW_WIDTH) [x, y, highest] = [0, y + highest, 0];
      panels.push(panelOf(panel, panels.length + 1, { x, y, w: width, h: HEIGHTS[kind] }));
      x += width;
      highest = Math.max(highest, HEIGHTS[kind]);
    }
    y += highest;
  }
  return panels;
}

function panelOf({ title, unit, queries, kind = 'graph' }, id, gridPos) {
  const isGraph = kind === 'graph';
  return {
    id,
    type: isGraph ? 'timeseries' : kind,
    title,
    datasource: SOURCE,
    gridPos,
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        custom: isGraph ? { lineWidth: 2, fillOpacity: 5, showPoints: 'never', spanNulls: 60_000 } : {},
      },
      overrides: isGraph ? [limitLine()] : [],
    },
    options: isGraph
      ? {
          legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
          tooltip: { mode: 'multi', sort: 'desc' },
        }
      : { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'value', textMode: 'auto' },
    targets: queries.map(({ expr, legend }, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource: SOURCE,
      expr,
      legendFormat: legend,
      range: true,
    })),
  };
}

/** Limits are drawn as thin dashed red lines. */
function limitLine() {
  return {
    matcher: { id: 'byRegexp', options: '/^(SLA|предел)/' },
    properties: [
      { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
      { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } },
      { id: 'custom.lineWidth', value: 1 },
      { id: 'custom.fillOpacity', value: 0 },
    ],
  };
}
