import { Clock, createEmulator, type RunningEmulator } from '@poligon/emulator-kit';
import { defaultPopulation as people } from '@poligon/people';
import fc from 'fast-check';
import { esiaStub } from '../../../services/esia-stub/src/app.module.js';
import { ClientStore } from '../../../services/esia-stub/src/state/client.store.js';
import type { FuzzSession, FuzzTarget } from '../fuzz-target.js';
import { cmsCase, permissionsCase, runCmsCase, runPermissionsCase, runTextCase, textCase } from './codec-cases.js';
import { makeHonestClient, type HonestClient, type SignedRequest } from './honest-client.js';
import { pageCase, runPageCase } from './page-cases.js';
import { runSignedCase, signedCase } from './signed-cases.js';
import { runTokenCase, tokenCase } from './token-cases.js';

/** Small limits, so that what is kept reaches its bound early and growth beyond it shows. */
const ENVIRONMENT = {
  LOG_LEVEL: 'error',
  ESIA_PORT: '0',
  ESIA_ADMIN_PORT: '0',
  ESIA_LATENCY_PROFILE: 'none',
  ESIA_TIMESTAMP_WINDOW_S: '86400',
  ESIA_DIAGNOSES_PER_S: '2',
  ESIA_MAX_OPEN: '1000',
  ESIA_OIDC: 'true',
  ESIA_JOURNAL_ENTRIES: '500',
};

const OID = people.esiaOidOf(1);
const PERSON_PATH = `/rs/prns/${OID}`;

interface Kind {
  readonly name: string;
  readonly share: number;
  readonly property: fc.IAsyncProperty<unknown> | fc.IProperty<unknown>;
}

/** Every door of ESIA and every reader of signed input. */
export const esiaTarget: FuzzTarget = {
  name: 'esia',
  about:
    'signed requests of both generations, tokens, CMS, JSON and pages of ESIA: no crash, no wrong signature accepted',
  async open(seed: number): Promise<FuzzSession> {
    const emulator = await createEmulator(esiaStub, { environment: { ...ENVIRONMENT, SEED: String(seed) } });
    const honest = makeHonestClient(emulator.app.get(Clock, { strict: false }).nowMs(), OID);
    await emulator.app.get(ClientStore, { strict: false }).put(honest.client);
    const kinds = await kindsOf(emulator, honest);
    return {
      run: (cases, chunkSeed) => runKinds(kinds, cases, chunkSeed),
      probe: () => probe(emulator, honest),
      close: () => emulator.close(),
    };
  },
};

async function kindsOf(emulator: RunningEmulator, honest: HonestClient): Promise<readonly Kind[]> {
  const fastify = emulator.app.getHttpAdapter().getInstance();
  const tokens = await Promise.all(
    honest.requests.filter(({ method }) => method === 'POST').map((one) => tokenOf(emulator, one)),
  );
  return [
    {
      name: 'signed request',
      share: 0.3,
      property: fc.asyncProperty(signedCase(honest.requests), (one) => runSignedCase(fastify, one)),
    },
    {
      name: 'token',
      share: 0.2,
      property: fc.asyncProperty(tokenCase(tokens), (one) => runTokenCase(fastify, PERSON_PATH, one)),
    },
    { name: 'page', share: 0.1, property: fc.asyncProperty(pageCase, (one) => runPageCase(fastify, one)) },
    { name: 'cms', share: 0.2, property: fc.property(cmsCase(honest), (one) => runCmsCase(honest, one)) },
    { name: 'permissions', share: 0.1, property: fc.property(permissionsCase, runPermissionsCase) },
    { name: 'text', share: 0.1, property: fc.property(textCase, runTextCase) },
  ];
}

async function runKinds(kinds: readonly Kind[], cases: number, seed: number): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const { name, share, property } of kinds) {
    const details = await fc.check(property, { numRuns: Math.max(1, Math.round(cases * share)), seed });
    if (!details.failed) continue;
    const { errorInstance: cause, counterexamplePath, counterexample } = details;
    const reason = cause instanceof Error ? cause.stack : String(cause);
    failures.push(`${name}, seed ${seed}, path ${counterexamplePath}: ${reason}\n${fc.stringify(counterexample)}`);
  }
  return failures;
}

async function tokenOf(emulator: RunningEmulator, { path, fields }: SignedRequest): Promise<string> {
  const reply = await fetchForm(emulator, path, fields);
  if (reply.statusCode !== 200) throw new Error(`an honest request was refused: ${reply.body}`);
  return (JSON.parse(reply.body) as { access_token: string }).access_token;
}

/** Honest requests are still accepted, and a token still opens personal data. */
async function probe(emulator: RunningEmulator, { requests }: HonestClient): Promise<readonly string[]> {
  const fastify = emulator.app.getHttpAdapter().getInstance();
  const failures: string[] = [];
  for (const { path, method, fields } of requests) {
    if (method === 'POST') continue;
    const { statusCode, headers } = await fastify.inject(`${path}?${new URLSearchParams(fields).toString()}`);
    if (!String(headers['location']).endsWith('/login')) failures.push(`probe: ${path} answered ${statusCode}`);
  }
  const token = await tokenOf(
    emulator,
    requests.find(({ method }) => method === 'POST')!,
  );
  const { statusCode } = await fastify.inject({ url: PERSON_PATH, headers: { authorization: `Bearer ${token}` } });
  return statusCode === 200 ? failures : [...failures, `probe: personal data answered ${statusCode}`];
}

function fetchForm(emulator: RunningEmulator, url: string, fields: Readonly<Record<string, string>>) {
  const payload = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return emulator.app.getHttpAdapter().getInstance().inject({ method: 'POST', url, payload, headers });
}
