import { SpanKind } from '@opentelemetry/api';
import { consumed, openWork, recordedContext, type OpenWork } from './client-work.js';

/** Opens the span of a message on its way to a broker, when the work that sends it is recorded; it ends when the broker has it. */
export function openSending(topic: string): OpenWork | undefined {
  const at = recordedContext();
  if (at === undefined) return undefined;
  return openWork(at, { name: `send ${topic}`, kind: SpanKind.PRODUCER, attributes: attributesOf(topic, 'send') });
}

/** Handles a message in a consumer's span under its sender's, when the sender's trace is recorded. */
export function processed<T>(topic: string, headers: object | undefined, work: () => Promise<T>): Promise<T> {
  const describe = () => ({ name: `process ${topic}`, attributes: attributesOf(topic, 'process') });
  return consumed(headers, describe, work);
}

/** In the words of the semantic conventions for messaging spans (v1.30, development): `{operation} {destination}`. */
function attributesOf(topic: string, operation: 'send' | 'process') {
  return {
    'messaging.system': 'kafka',
    'messaging.operation.type': operation,
    'messaging.operation.name': operation,
    'messaging.destination.name': topic,
  };
}
