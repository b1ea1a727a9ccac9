import { MeasurementError, type Sample } from './sample.js';

/** Names under which servers log how long a request took, and the unit they log it in. */
const TIME_FIELDS: Readonly<Record<string, number>> = {
  request_time: 1000,
  upstream_response_time: 1000,
  rt: 1000,
  urt: 1000,
  duration_ms: 1,
  responsetime: 1,
  response_time_ms: 1,
  elapsed: 1,
  latency_ms: 1,
  duration: 1000,
};
const REQUEST = /"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\S+)[^"]*"/;

/**
 * Samples of an access log: combined format with the time as the last number of the line (seconds with a point, else microseconds as Apache's
 * `%D`), `name=value` fields, or a JSON object a line.
 * @throws MeasurementError when no line tells a request and its time
 */
export function accessLogSamples(text: string): readonly Sample[] {
  const samples = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : (sampleOf(line) ?? [])));
  if (samples.length === 0) throw new MeasurementError('no line tells a request and the time it took');
  return samples;
}

function sampleOf(line: string): Sample | undefined {
  if (line.startsWith('{')) return jsonSample(line);
  const request = REQUEST.exec(line);
  const ms = namedTime(line) ?? lastTime(line);
  return request === null || ms === undefined ? undefined : { name: nameOf(request[1]!, request[2]!), ms };
}

function jsonSample(line: string): Sample | undefined {
  const fields = parsed(line);
  if (fields === undefined) return undefined;
  const entry = Object.entries(fields).find(([name, value]) => name in TIME_FIELDS && Number.isFinite(Number(value)));
  const name = requestOf(fields);
  return entry === undefined || name === undefined
    ? undefined
    : { name, ms: Number(entry[1]) * TIME_FIELDS[entry[0]]! };
}

function requestOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const line = textIn(fields, ['request'])?.split(' ') ?? [];
  const method = line[0] ?? textIn(fields, ['method', 'request_method']);
  const path = line[1] ?? textIn(fields, ['path', 'uri', 'request_uri', 'url']);
  return method === undefined || path === undefined ? undefined : nameOf(method, path);
}

function textIn(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.map((name) => fields[name]).find((value) => typeof value === 'string');
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function namedTime(line: string): number | undefined {
  for (const [, name, value] of line.matchAll(/\b([a-z_]+)[=:]"?(\d+(?:\.\d+)?)/g)) {
    if (name! in TIME_FIELDS) return Number(value) * TIME_FIELDS[name!]!;
  }
  return undefined;
}

function lastTime(line: string): number | undefined {
  const found = /[\s"](\d+)(\.\d+)?"?\s*$/.exec(line);
  if (found === null) return undefined;
  return found[2] === undefined ? Number(found[1]) / 1000 : Number(found[1] + found[2]) * 1000;
}

function nameOf(method: string, target: string): string {
  return `${method} ${target.replace(/^https?:\/\/[^/]+/, '').split('?', 1)[0]}`;
}
