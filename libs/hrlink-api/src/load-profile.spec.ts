import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildBody,
  expandPath,
  HRLINK_OPERATIONS,
  literal,
  loadProfile,
  readAnswer,
  readBody,
  readLiteral,
  routePattern,
} from './index.js';

const profile = loadProfile();
const override = (yaml: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'profile-')), 'override.yaml');
  writeFileSync(file, yaml);
  return file;
};

describe('default profile', () => {
  it('names every operation with an absolute path', () => {
    for (const op of HRLINK_OPERATIONS) expect(profile.operations[op].path).toMatch(/^\/api\/v[12]\//);
  });

  it.each([
    ['currentUser', 'GET', '/api/v1/currentUser', 'C'],
    ['document.sign', 'POST', '/api/v1/clients/{clientId}/documents/{id}/sign', 'G'],
    ['bulk.create', 'POST', '/api/v1/clients/{clientId}/bulkDataSyncTasks', 'V'],
    ['applicationGroups.getHrRegistry', 'POST', '/api/v2/clients/{clientId}/applicationGroups/getHrRegistry', 'C'],
    ['nqes.accept', 'POST', '/api/v1/clients/{clientId}/nqesIssueRequests/{id}/acceptCertificate', 'G'],
  ] as const)('%s is %s %s [%s]', (op, method, path, evidence) => {
    expect(profile.operations[op]).toMatchObject({ method, path, evidence });
  });

  it('keeps 90.xxx codes marked as guesses', () => {
    for (const entry of Object.values(profile.errors)) {
      if (entry.code.startsWith('90.')) expect(entry.evidence).toBe('G');
    }
  });
});

describe('paths', () => {
  it('puts parameters in, percent-encoded', () => {
    expect(expandPath(profile, 'document.get', { clientId: 'c', id: 'a/b' })).toBe('/api/v1/clients/c/documents/a%2Fb');
  });

  it('refuses a missing parameter', () => {
    expect(() => expandPath(profile, 'document.get', { clientId: 'c' })).toThrow(
      'document.get: path parameter "id" is missing',
    );
  });

  it('spells routes for Fastify', () => {
    expect(routePattern(profile, 'signing.confirm')).toBe('/api/v1/clients/:clientId/signingRequests/:id/confirm');
  });
});

describe('bodies, answers and literals', () => {
  it('fills a template and leaves absent parameters out', () => {
    expect(buildBody(profile, 'user.invite', { channel: 'SMS' })).toEqual({ channel: 'SMS' });
  });

  it('reads back what it built from a replaced template', () => {
    const other = loadProfile(override('operations: { signing.confirm: { body: { otp: { value: "{code}" } } } }'));
    const body = buildBody(other, 'signing.confirm', { code: '1234' });
    expect(body).toMatchObject({ otp: { value: '1234' } });
    expect(readBody(other, 'signing.confirm', { ...body, extra: 1 })).toEqual({ code: '1234' });
  });

  it('reads an answer by pointer and gives undefined when it is absent', () => {
    expect(readAnswer(profile, 'currentUser', 'clientId', { currentUser: { clients: [{ id: 'x' }] } })).toBe('x');
    expect(readAnswer(profile, 'currentUser', 'clientId', { result: false })).toBeUndefined();
    expect(() => readAnswer(profile, 'currentUser', 'nope', {})).toThrow('no answer pointer "nope"');
  });

  it('spells words both ways', () => {
    expect(literal(profile, 'nqesState', 'ISSUED')).toBe('Выдан');
    expect(readLiteral(profile, 'nqesState', 'Выдан')).toBe('ISSUED');
    expect(readLiteral(profile, 'nqesState', 'constructor')).toBeUndefined();
  });
});

describe('override file', () => {
  it('changes only what it names', () => {
    const other = loadProfile(override('prefixes: { S: "/x/{id}" }\nheaders: { masterToken: X-Master }'));
    expect(other.operations['signing.confirm'].path).toBe('/x/{id}/confirm');
    expect(other.headers).toMatchObject({ masterToken: 'X-Master', apiToken: 'User-Api-Token' });
  });

  it.each([
    ['operations: { nope: { method: GET, path: /x, evidence: V } }', /operations/],
    ['operations: { login: { method: FETCH } }', /operations\.login\.method/],
    ['operations: { login: { path: "{Q}/login" } }', /operations\.login\.path: no prefix is named Q/],
    ['operations: { login: { path: "login" } }', /must start with "\/"/],
    ['operations: { login: { path: "/a/{b" } }', /unbalanced braces/],
    ['operations: { login: { path: "/a/{B-c}" } }', /must be a camelCase name/],
    ['operations: { login: { path: /api/v1/impersonate } }', /same method and path as login/],
    ['errors: { overload: { code: "9" } }', /errors\.overload\.code: must look like 90\.404/],
    ['literals: { taskState: { DONE: DONE } }', /literals\.taskState/],
    ['just text', /profile: /],
    ['a: [', /override\.yaml: /],
  ])('rejects %j with one clear line', (yaml, message) => {
    const file = override(yaml);
    expect(() => loadProfile(file)).toThrow(message);
    try {
      loadProfile(file);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it('names a file that does not exist', () => {
    expect(() => loadProfile('/nonexistent/profile.yaml')).toThrow('/nonexistent/profile.yaml: ENOENT');
  });
});
