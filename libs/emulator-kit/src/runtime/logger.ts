import type { LoggerService } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { pino } from 'pino';

/** Structured log: an event word, then fields. Never a secret, a token or a document body. */
export abstract class Logger {
  abstract debug(event: string, fields?: object): void;
  abstract info(event: string, fields?: object): void;
  abstract warn(event: string, fields?: object): void;
  abstract error(event: string, fields?: object): void;
}

function traceFields(): object {
  const context = trace.getActiveSpan()?.spanContext();
  return context === undefined ? {} : { trace_id: context.traceId, span_id: context.spanId };
}

/** JSON lines on standard output, with the ids of the active trace. */
export class JsonLogger extends Logger {
  private readonly sink: pino.Logger;

  /** `destination`: standard output when omitted. */
  constructor(service: string, level: string, destination?: { write(line: string): void }) {
    super();
    const options = { level, base: { service }, mixin: traceFields, timestamp: pino.stdTimeFunctions.isoTime };
    this.sink = destination === undefined ? pino(options) : pino(options, destination);
  }

  debug(event: string, fields: object = {}): void {
    this.sink.debug(fields, event);
  }

  info(event: string, fields: object = {}): void {
    this.sink.info(fields, event);
  }

  warn(event: string, fields: object = {}): void {
    this.sink.warn(fields, event);
  }

  error(event: string, fields: object = {}): void {
    this.sink.error(fields, event);
  }
}

/** Routes the framework's own messages into the service's log; its start-up chatter is debug. */
export class FrameworkLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug('framework', { message, context });
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn('framework', { message, context });
  }

  error(message: unknown, ...details: unknown[]): void {
    this.logger.error('framework', { message, details });
  }
}
