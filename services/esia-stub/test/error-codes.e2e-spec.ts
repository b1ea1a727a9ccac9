import { readdirSync, readFileSync } from 'node:fs';
import { OAUTH_ERRORS, REST_ERRORS } from '../src/protocol/error-table.js';

const here = new URL('./', import.meta.url);
const wireTests = readdirSync(here)
  .filter((name) => name.endsWith('.e2e-spec.ts') && !name.startsWith('error-codes'))
  .map((name) => readFileSync(new URL(name, here), 'utf8'));

describe('every error code', () => {
  it.each([...Object.keys(OAUTH_ERRORS), ...Object.keys(REST_ERRORS)])('%s is named by a test on the wire', (code) => {
    expect(wireTests.some((text) => text.includes(code) || text.includes(`'${code.slice('ESIA-'.length)}'`))).toBe(
      true,
    );
  });
});
