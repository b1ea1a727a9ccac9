import { golden } from '@poligon/testing';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneCSettings } from '../services/1c-emulator/src/config.js';
import { caSettings } from '../services/ca-unep-emulator/src/config.js';
import { esiaSettings } from '../services/esia-stub/src/config.js';
import { settings as hrlinkSettings } from '../services/hrlink-reference/src/config.js';
import { smsSettings } from '../services/sms-gateway-stub/src/config.js';
import { referencePage, variablesOf, type Variable } from './reference/settings-reference.js';
import { ROOT } from './stand-process.js';

const services = [
  { name: 'hrlink-reference', component: 'hrlink-reference', prefix: 'HRLINK', settings: hrlinkSettings },
  { name: '1c-emulator', component: 'onec-emulator', prefix: 'ONEC', settings: oneCSettings },
  { name: 'ca-unep-emulator', component: 'ca-unep-emulator', prefix: 'CA', settings: caSettings },
  { name: 'sms-gateway-stub', component: 'sms-gateway-stub', prefix: 'SMS', settings: smsSettings },
  { name: 'esia-stub', component: 'esia-stub', prefix: 'ESIA', settings: esiaSettings },
].map((service) => ({ ...service, variables: variablesOf(service.settings) }));

const SCHEMA = join(ROOT, 'deploy/helm/poligon/values.schema.json');

interface ValuesSchema {
  readonly definitions: Record<string, unknown>;
  readonly properties: { readonly components: { properties?: Record<string, unknown> } };
}

/** The part of the chart's schema that knows the variables of one component. */
function schemaOf(variables: readonly Variable[]): object {
  const known = variables.map(({ name, about, allowed, fallback }) => {
    const notes = [about, allowed && `allowed: ${allowed}`, fallback && `default: ${fallback}`].filter(Boolean);
    return [name, { type: ['string', 'integer', 'boolean'], description: notes.join('; ') }];
  });
  return {
    type: 'object',
    additionalProperties: false,
    patternProperties: { '^(OTEL|NODE)_[A-Z0-9_]+$': { type: ['string', 'integer', 'boolean'] } },
    properties: Object.fromEntries(known) as object,
  };
}

function expectedSchema(): ValuesSchema {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as ValuesSchema;
  for (const { component, variables } of services) schema.definitions[`env-${component}`] = schemaOf(variables);
  schema.properties.components.properties = Object.fromEntries(
    services.map(({ component }) => [
      component,
      {
        allOf: [
          { $ref: '#/definitions/component' },
          { properties: { env: { $ref: `#/definitions/env-${component}` } } },
        ],
      },
    ]),
  );
  return schema;
}

describe('the configuration reference', () => {
  it.each([
    ['ru', 'configuration.md'],
    ['en', 'configuration.en.md'],
  ] as const)('says what the code says, language %s (UPDATE_GOLDEN=1 writes it)', (language, file) => {
    const page = referencePage(language, services);
    expect(page).toBe(golden(new URL(`../docs/reference/${file}`, import.meta.url), page).toString());
  });

  it("is in the chart's schema, variable by variable (UPDATE_GOLDEN=1 writes it)", () => {
    const expected = expectedSchema();
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(SCHEMA, `${JSON.stringify(expected, null, 2)}\n`);
    expect(JSON.parse(readFileSync(SCHEMA, 'utf8'))).toEqual(expected);
  });

  it('shows defaults, limits and choices, and no secret', () => {
    const find = (name: string) => services.flatMap(({ variables }) => variables).find((one) => one.name === name);
    expect(find('SMS_JOURNAL_ENTRIES')).toMatchObject({ fallback: '10000', allowed: '0..1000000' });
    expect(find('LOG_LEVEL')).toMatchObject({ fallback: 'info', allowed: expect.stringContaining('silent') });
    expect(find('ESIA_V1')).toMatchObject({ fallback: 'true', allowed: 'true, false' });
    expect(find('SMS_PASSWORD')).toMatchObject({ fallback: '(set)' });
  });
});
