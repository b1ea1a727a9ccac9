import { createEmulator, Logger } from '@poligon/emulator-kit';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { oneCEmulator } from '../../../services/1c-emulator/src/app.module.js';
import type { FuzzSession, FuzzTarget } from '../fuzz-target.js';
import { mutated } from '../mutation.js';
import { ONEC_CAPTURES, type OneCCapture } from './onec-captures.js';
import { soapCase, type OneCCase } from './soap-cases.js';

const ENVIRONMENT = {
  LOG_LEVEL: 'silent',
  ONEC_PORT: '0',
  ONEC_ADMIN_PORT: '0',
  ONEC_EMPLOYEES: '20',
  ONEC_SCHEDULE_PROFILE: 'manual',
  ONEC_LATENCY_PROFILE: 'none',
  ONEC_MAX_OBJECTS: '500',
  ONEC_JOURNAL_ENTRIES: '500',
  ONEC_EXCHANGE_FILE_BYTES: '20000000',
  ONEC_EXCHANGE_MESSAGE_BYTES: '2000000',
};

/** Keeps what the emulator itself calls a failure: 1C's own errors are 500 too, so the status does not tell. */
class FailureLog extends Logger {
  readonly failures: string[] = [];
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(event: string, fields: object = {}): void {
    this.failures.push(`${event} ${JSON.stringify(fields)}`);
  }
}

/** Octets an HTTP parser lets into a request target. */
function target(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/[^!-~]/g, '_');
  const path = text.startsWith('/') ? text : `/${text}`;
  // The injector reads it as a URL first, which a listener does not.
  return URL.canParse(path, 'http://localhost') ? path : '/';
}

function caseOf({ method, url, type, body }: OneCCapture): fc.Arbitrary<OneCCase> {
  const bodies = fc.oneof(
    { arbitrary: mutated([Buffer.from(body)]), weight: 6 },
    fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
  );
  const urls = fc.oneof(
    fc.constant(url),
    mutated([Buffer.from(url)]).map(target),
    mutated([Buffer.from(decodeURI(url))]).map((bytes) =>
      target(Buffer.from(encodeURI(bytes.toString('utf8').toWellFormed()))),
    ),
  );
  return fc.record({ method: fc.constant(method), url: urls, type: fc.constant(type), body: bodies });
}

const oneCCase = fc.oneof(
  { arbitrary: fc.constantFrom(...ONEC_CAPTURES).chain(caseOf), weight: 2 },
  { arbitrary: soapCase, weight: 1 },
);

async function run(fastify: FastifyInstance, log: FailureLog, { method, url, type, body }: OneCCase): Promise<void> {
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const payload = hasBody ? { payload: body, headers: { 'content-type': type } } : {};
  await fastify.inject({ method, url, ...payload });
  const [failure] = log.failures.splice(0);
  if (failure !== undefined) throw new Error(failure);
}

/** The publication of the 1C infobase. */
export const oneCTarget: FuzzTarget = {
  name: '1c',
  about:
    'paths, options, JSON and Atom bodies of the standard OData interface, HTTP services, SOAP and messages of data exchange',
  async open(seed: number): Promise<FuzzSession> {
    const log = new FailureLog();
    const overrides = [{ provide: Logger, useValue: log }];
    const emulator = await createEmulator(oneCEmulator, {
      environment: { ...ENVIRONMENT, SEED: String(seed) },
      overrides,
    });
    const fastify = emulator.app.getHttpAdapter().getInstance();
    return {
      run: async (cases, chunkSeed) => {
        const property = fc.asyncProperty(oneCCase, (one) => run(fastify, log, one));
        const details = await fc.check(property, { numRuns: cases, seed: chunkSeed, endOnFailure: false });
        if (!details.failed) return [];
        return [
          `seed ${chunkSeed}, path ${details.counterexamplePath}: ${String(details.errorInstance)}\n${fc.stringify(details.counterexample)}`,
        ];
      },
      probe: async () => {
        const { statusCode } = await fastify.inject({
          url: `/zup/odata/standard.odata/${encodeURIComponent('Catalog_Должности')}?$top=1`,
        });
        return statusCode === 200 ? [] : [`probe: status ${statusCode}`];
      },
      close: () => emulator.close(),
    };
  },
};
