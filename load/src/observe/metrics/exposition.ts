/** One sample of the Prometheus text format. */
export interface ExposedSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"/g;
const SPECIAL: Record<string, number> = { '+Inf': Infinity, '-Inf': -Infinity, NaN: NaN };

/** Samples of a scrape in the Prometheus or OpenMetrics text format; lines that are neither are skipped. */
export function parseExposition(text: string): ExposedSample[] {
  const samples: ExposedSample[] = [];
  for (const line of text.split('\n')) {
    // Exemplars of OpenMetrics follow a hash; a hash inside a label value would too, which costs that line only.
    const found = line.startsWith('#') ? null : LINE.exec((line.split(' # ')[0] as string).trim());
    if (!found) continue;
    const [, name, labels, value] = found as unknown as [string, string, string | undefined, string];
    const number = SPECIAL[value] ?? Number(value);
    samples.push({ name, labels: labels === undefined ? {} : labelsOf(labels), value: number });
  }
  return samples;
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(LABEL)) {
    labels[name as string] = (value as string).replace(/\\(.)/g, (_all, char: string) => (char === 'n' ? '\n' : char));
  }
  return labels;
}
