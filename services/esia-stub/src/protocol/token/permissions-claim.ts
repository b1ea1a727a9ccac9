import type { GivenPermissions } from '../../state/permission.store.js';

/** Claim `permissions` of an access token: JSON text of the consents and the second they end at. Its form is an assumption. */
export function permissionsClaim({ permissions, expiresAtMs }: GivenPermissions): string {
  const exp = Math.floor(expiresAtMs / 1000);
  return JSON.stringify(
    permissions.map(({ sysname, actions, purposes, scopes }) => ({ sysname, exp, actions, purposes, scopes })),
  );
}
