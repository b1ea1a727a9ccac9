import { readFileSync } from 'node:fs';
import { accessLogSamples } from './access-log.js';
import { harSamples } from './har-file.js';
import { MeasurementError, type Sample } from './sample.js';
import { spanSamples } from './spans-file.js';

/** Measured calls of a file, whichever of the known kinds it is. @throws MeasurementError */
export function readSamples(file: string): readonly Sample[] {
  const text = readFileSync(file, 'utf8');
  const data = json(text);
  if (data === undefined) return accessLogSamples(text);
  const samples = isHar(data) ? harSamples(data) : spanSamples(data);
  const usable = samples.filter(({ ms }) => Number.isFinite(ms) && ms >= 0);
  if (usable.length === 0) throw new MeasurementError('the file has no calls in it');
  return usable;
}

/** One JSON value, or trace exports one a line; undefined for anything else, JSON access logs among it. */
function json(text: string): unknown {
  const whole = parsed(text);
  if (whole !== undefined) return isLogLine(whole) ? undefined : whole;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines[0]?.includes('"resourceSpans"') !== true) return undefined;
  return lines.map(parsed);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isHar(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'log' in data;
}

function isLogLine(data: unknown): boolean {
  return (
    !Array.isArray(data) && !isHar(data) && !(typeof data === 'object' && data !== null && 'resourceSpans' in data)
  );
}
