/** One line of a `/metrics` page. */
export interface Line {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads the Prometheus text format. */
export function metricLines(page: string): Line[] {
  return page.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ name, labels: labelsOf(labels), value: Number(value) }];
  });
}

/** What Zabbix's PROMETHEUS_PATTERN finds: lines of that name whose labels are those of the pattern. */
export function found(lines: readonly Line[], pattern: string): Line[] {
  const [, name, labels = ''] = /^([\w:]+)(?:\{(.*)\})?$/.exec(pattern) ?? [];
  if (name === undefined) throw new Error(`not a pattern: ${pattern}`);
  const wanted = Object.entries(labelsOf(labels));
  return lines.filter((line) => line.name === name && wanted.every(([label, value]) => line.labels[label] === value));
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(LABEL)].map(([, label, value]) => [label, value]));
}
