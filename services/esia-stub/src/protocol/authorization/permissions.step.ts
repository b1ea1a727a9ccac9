import { Injectable } from '@nestjs/common';
import { permissionProblem } from '../../domain/permission.js';
import type { CallStep, SignedCall } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import { readPermissions } from '../permissions.codec.js';

/** `permissions`, when sent, can be read (007003), asks by the rules of the types (0367xx), and the client may (007019). */
@Injectable()
export class PermissionsStep implements CallStep<SignedCall> {
  readonly name = 'permissions';

  check(call: SignedCall): void {
    if (!call.parameters.has('permissions')) return;
    const permissions = readPermissions(call.parameters.get('permissions')!);
    if (permissions === undefined) throw oauthError('ESIA-007003');
    for (const permission of permissions) {
      const problem = permissionProblem(permission);
      if (problem !== undefined) throw oauthError(problem);
    }
    const granted = call.client!.consentTypes;
    if (granted !== undefined && !permissions.every(({ sysname }) => granted.includes(sysname))) {
      throw oauthError('ESIA-007019');
    }
    call.permissions = permissions;
  }
}
