import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';

const PROPAGATORS = new Map<string, () => TextMapPropagator>([
  ['tracecontext', () => new W3CTraceContextPropagator()],
  ['baggage', () => new W3CBaggagePropagator()],
]);

/**
 * What calls carry, by `OTEL_PROPAGATORS`: `tracecontext` (default), `baggage`, or `none` for nothing at all. Baggage is not in the default:
 * every call would be searched for it. Names nobody knows are left out, as the specification demands.
 */
export function propagatorOf(environment: NodeJS.ProcessEnv): TextMapPropagator {
  const names = (environment['OTEL_PROPAGATORS'] || 'tracecontext').split(',').map((name) => name.trim());
  const propagators = [...new Set(names)].flatMap((name) => PROPAGATORS.get(name)?.() ?? []);
  return propagators.length === 1 ? propagators[0]! : new CompositePropagator({ propagators });
}
