import { Injectable } from '@nestjs/common';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { PersonDirectory } from '../person-directory.js';
import { refusal } from './user-checks.js';

/** Value of the form field `role` for a person who acts as a private one. */
export const PRIVATE_ROLE = 'person';

/** Decides for which organisation a person acts when a client asks for scopes of organisations. */
@Injectable()
export class RoleChoice {
  constructor(private readonly people: PersonDirectory) {}

  /** Whether the request leaves the organisation to the person. */
  isOpen({ orgScopes }: AuthorizationRequest): boolean {
    return orgScopes.some(({ orgOid }) => orgOid === undefined);
  }

  /**
   * The request with every organisation scope resolved. Without a choice the person acts for the employer; `person` leaves
   * the open scopes out. @throws ProtocolError 007194 for an organisation the person does not work for
   */
  resolve(request: AuthorizationRequest, personIndex: number, role: string | undefined): AuthorizationRequest {
    if (request.orgScopes.length === 0) return request;
    const own = this.people.employerOf(personIndex).esiaOid;
    const chosen = role === undefined || role === '' ? String(own) : role;
    const orgScopes = request.orgScopes.flatMap((scope) => {
      if (scope.orgOid !== undefined) return [scope];
      return chosen === PRIVATE_ROLE ? [] : [{ ...scope, orgOid: Number(chosen) }];
    });
    if (orgScopes.some(({ orgOid }) => orgOid !== own)) throw refusal('ESIA-007194', request);
    return { ...request, orgScopes };
  }
}
