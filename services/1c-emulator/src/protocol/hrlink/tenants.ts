import { problemLine, SettingsError } from '@poligon/emulator-kit';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { OneCConfig } from '../../config.js';

const MAX_TENANTS = 100;

/** One portal and the organisations it is told of. */
export interface Tenant {
  readonly url: string;
  readonly token?: string | undefined;
  /** Id of the user the master token acts for. */
  readonly impersonate?: string | undefined;
  /** Place of its first organisation among those of the infobase. */
  readonly firstOrganisation?: number | undefined;
  readonly organisations?: number | undefined;
}

const schema = z.strictObject({
  tenants: z
    .array(
      z.strictObject({
        url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
        token: z.string().min(1).optional(),
        impersonate: z.string().min(1).optional(),
        firstOrganisation: z.number().int().min(0).max(10_000).optional(),
        organisations: z.number().int().min(1).max(10_000).optional(),
      }),
    )
    .min(1)
    .max(MAX_TENANTS),
});

/** The portals a run goes to, one after another. @throws SettingsError naming the file and what is wrong with it */
export function readTenants(config: OneCConfig): readonly Tenant[] {
  const { hrlinkTenants: file, hrlinkUrl, hrlinkToken, hrlinkImpersonate } = config;
  if (file === undefined) return [{ url: hrlinkUrl, token: hrlinkToken, impersonate: hrlinkImpersonate }];
  const parsed = schema.safeParse(yamlOf(file));
  if (!parsed.success) throw new SettingsError(`ONEC_HRLINK_TENANTS: ${file}: ${problemLine(parsed.error)}`);
  const tenants = parsed.data.tenants.map((tenant) => ({
    token: hrlinkToken,
    impersonate: hrlinkImpersonate,
    ...tenant,
  }));
  for (const { firstOrganisation = 0, organisations = 1, url } of tenants) {
    if (firstOrganisation + organisations <= config.organisations) continue;
    throw new SettingsError(
      `ONEC_HRLINK_TENANTS: ${file}: ${url}: the infobase has ${config.organisations} organisations`,
    );
  }
  return tenants;
}

function yamlOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (failure) {
    throw new SettingsError(
      `ONEC_HRLINK_TENANTS: ${file}: ${failure instanceof Error ? failure.message : String(failure)}`,
    );
  }
}
