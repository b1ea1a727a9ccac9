import { Controller } from '@nestjs/common';
import type { ApplicationType as WireApplicationType } from '@poligon/hrlink-api';
import {
  type ApplicationType,
  APPLICATION_TYPES,
  DOCUMENT_TYPES,
  EMPLOYEE_ROLES,
  SES_FORBIDDEN_CODES,
} from '../domain/dictionary-seed.js';
import { found } from '../domain/refusal.js';
import { findRoute, ROUTE_TEMPLATES } from '../domain/route-seed.js';
import { stableId } from '../domain/stable-id.js';
import { ApplicationCodec } from './application.codec.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { success } from './success.js';

/** Dictionaries that come with the product: types, roles, routes (spec 2.3, 2.5, 2.7). */
@Controller()
export class DictionariesController {
  constructor(private readonly codec: ApplicationCodec) {}

  @HrlinkRoute('employeeRoles', { about: 'roles an employee may have', access: 'any' })
  employeeRoles() {
    return success({ employeeRoles: EMPLOYEE_ROLES });
  }

  @HrlinkRoute('documentTypes', { about: 'kinds of documents', access: 'any' })
  documentTypes() {
    return success({
      documentTypes: DOCUMENT_TYPES.map((type) => ({ ...type, visible: true, system: true, version: 1 })),
    });
  }

  @HrlinkRoute('routeTemplates', { about: 'signing routes, one per templateKey' })
  routeTemplates() {
    return success({ signingRouteTemplates: ROUTE_TEMPLATES.map((template) => this.codec.route(template)) });
  }

  @HrlinkRoute('applicationTypes', { about: 'kinds of applications with their routes', access: 'any' })
  applicationTypes() {
    return success({ applicationTypes: APPLICATION_TYPES.map((type) => this.applicationType(type)) });
  }

  private applicationType(type: ApplicationType): WireApplicationType {
    return {
      id: type.id,
      name: type.name,
      mintrudDocumentType: {
        id: stableId('mintrud', type.mintrudCode),
        name: type.name,
        code: type.mintrudCode,
        signingByEmployeeSesEnabled: !SES_FORBIDDEN_CODES.has(type.mintrudCode),
        substitutorCreationHintEnabled: false,
      },
      templateFields: type.fields.map(({ key, label, type: fieldType, isEventDate }) => ({
        id: stableId('template-field', type.id, key),
        substitutionKey: key,
        required: true,
        label,
        type: fieldType,
        note: null,
        values: [],
        specifiedByUser: true,
        usedAsEventDate: isEventDate,
        inputType: 'MANUAL',
      })),
      templatable: type.isTemplatable,
      active: true,
      permittedByClientDepartments: [],
      routesPermissions: [],
      signingRouteTemplate: this.codec.route(found(findRoute(type.routeId, null), 'routeTemplate')),
    };
  }
}
