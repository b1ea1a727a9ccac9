import { SettingsError } from '@poligon/emulator-kit';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { UrlTemplate } from './url-template.js';

const reply = z.strictObject({
  status: z.number().int().min(200).max(599).default(200),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).default({}),
  /** Text in which the parameters of the template are put in. */
  body: z.string().optional(),
  json: z.json().optional(),
  /** Text of an exception of the handler: 500 with it in the body. */
  throw: z.string().optional(),
});
export type ScriptedReply = z.output<typeof reply>;

const method = z.string().regex(/^[A-Z]{1,20}$/, 'must be a method in capitals, or ANY');
const template = z.strictObject({ template: z.string().startsWith('/'), methods: z.record(method, reply) });
const service = z.strictObject({
  name: z.string().min(1).max(100),
  rootUrl: z.string().regex(/^[^/?#\s]+$/, 'must be one path segment'),
  templates: z.array(template).max(200),
});
const file = z.strictObject({ services: z.array(service).max(200) });

/** One template of a service with what each method answers. */
export interface ServiceTemplate {
  readonly template: UrlTemplate;
  readonly methods: ReadonlyMap<string, ScriptedReply>;
}

/** HTTP services by their root URL. */
export type HttpServices = ReadonlyMap<string, readonly ServiceTemplate[]>;

/** Injection token of `HttpServices`. */
export const HTTP_SERVICES = Symbol('HTTP services');

/** Reads the services of the publication. @throws SettingsError naming what is wrong with the file */
export function readHttpServices(source: string | URL): HttpServices {
  const where = `ONEC_HTTP_SERVICES: ${source instanceof URL ? 'built-in file' : source}`;
  const found = file.safeParse(parsed(source, where));
  if (!found.success) {
    const [issue] = found.error.issues;
    throw new SettingsError(`${where}: ${issue!.path.join('.')}: ${issue!.message}`);
  }
  return new Map(
    found.data.services.map(({ rootUrl, templates }) => [
      rootUrl,
      templates.map(({ template: text, methods }) => ({
        template: new UrlTemplate(text),
        methods: new Map(Object.entries(methods)),
      })),
    ]),
  );
}

function parsed(source: string | URL, where: string): unknown {
  try {
    return parse(readFileSync(source, 'utf8'));
  } catch (failure) {
    throw new SettingsError(
      `${where}: ${failure instanceof Error ? failure.message.split('\n')[0] : 'cannot be read'}`,
    );
  }
}
