import type { DocumentGroupInput } from '@poligon/hrlink-api';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import type { UploadFile } from '../hrlink/multipart.js';
import type { World } from './world.js';

export interface Outgoing {
  externalId: string;
  number: string;
  fileId: string;
  date: string;
  typeId: string;
  legalEntityId: string;
  employeeIds: string[];
}

/** Uploads a file and gives its id: every document of a real user has its own file. */
export async function uploadFile(caller: HrlinkCaller, file: UploadFile): Promise<string> {
  const answer = await caller.call('files.upload', { files: [file] });
  return answer.need('id');
}

/** Creates a document for employees and sends it for signing in one call (spec hrlink.md 2.6). */
export async function sendToSigning(hr: HrlinkCaller, world: World, outgoing: Outgoing): Promise<string> {
  const { externalId, number, fileId, date, typeId, legalEntityId, employeeIds } = outgoing;
  const route = world.employeeOnlyRouteId
    ? { routeTemplateId: world.employeeOnlyRouteId, signingOrder: null }
    : { signingOrder: 'EMPLOYEE_ONLY' };
  const group: DocumentGroupInput = {
    name: `Документ ${number}`,
    documents: [
      {
        externalId,
        fileId,
        typeId,
        number,
        date,
        legalEntityId,
        employeeIds,
        ...route,
      },
    ],
  };
  const answer = await hr.call('documentGroups.sendToSigning', { body: group });
  return answer.need('id');
}

/** Today at midnight UTC, as document dates travel. */
export function documentDate(now: number): string {
  return `${new Date(now).toISOString().slice(0, 10)}T00:00:00.000Z`;
}
