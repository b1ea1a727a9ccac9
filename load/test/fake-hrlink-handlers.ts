/* eslint-disable @typescript-eslint/no-explicit-any */
import type { HrlinkOperation } from '@poligon/hrlink-api';
import type { FakeInbox } from './fake-inbox.js';
import type { FakeHandler } from './fake-hrlink.js';

interface FakeUser {
  id: string;
  externalId: string;
  phone: string;
  passport: string;
  password?: string;
  hasCertificate: boolean;
  employee?: { id: string; externalId: string };
}

const NOW = '2026-01-01T00:00:00.000000Z';
const LATER = '2099-01-01T00:00:00.000000Z';

/** Handlers of the operations the scenarios call; one closure is one tenant. */
export function fakeHandlers(
  inbox: FakeInbox,
  caStyle: 'astral' | 'kontur',
): Partial<Record<HrlinkOperation, FakeHandler>> {
  let next = 1;
  const newId = (kind: string) => `${kind}-${next++}`;
  const users = new Map<string, FakeUser>();
  const bulk = new Map<string, any>();
  const documents = new Map<string, any>();
  const applications = new Map<string, any>();
  const requests = new Map<string, any>();
  const signings = new Map<string, { code: string; sign: () => void }>();
  const codes = () => String(1000 + (next++ % 9000));
  const byToken = new Map<string, FakeUser>();
  const sessions = new Map<string, FakeUser>();

  const openSession = (user: FakeUser, response: any) => {
    const session = newId('session');
    sessions.set(session, user);
    response.setHeader('set-cookie', `sessionId=${session}; Path=/; HttpOnly`);
  };
  const addUser = (card: any): FakeUser => {
    const known = [...users.values()].find((user) => user.externalId === card.externalId);
    if (known) return known;
    const passport = card.personalDocuments.find((each: any) => each.type === 'PASSPORT');
    const phone = `7${card.phone}`;
    const user = {
      id: newId('user'),
      externalId: card.externalId,
      phone,
      passport: passport.number,
      hasCertificate: false,
    };
    users.set(user.id, user);
    return user;
  };
  const addDocument = (input: any) => {
    const base = { id: newId('base'), externalId: input.externalId, baseDocumentId: null, draft: true, employees: [] };
    documents.set(base.id, base);
    for (const employeeId of input.employeeIds) {
      const copy = {
        id: newId('doc'),
        externalId: null,
        baseDocumentId: base.id,
        baseDocumentExternalId: input.externalId,
        number: input.number,
        draft: false,
        deleted: false,
        docflowFinishedDate: null,
        employees: [{ employeeId, signedDate: null as string | null }],
        participants: [],
      };
      documents.set(copy.id, copy);
    }
  };
  const phoneOf = (employeeId: string) => [...users.values()].find((user) => user.employee?.id === employeeId)!.phone;
  const startSigning = (number: string, phone: string, sign: () => void) => {
    const id = newId('signing');
    const code = codes();
    signings.set(id, { code, sign });
    inbox.deliver(phone, `Вам направлен документ № ${number}`);
    inbox.deliver(phone, `Код для подписания документа № ${number}: ${code}`);
    return { signingRequest: { id, state: 'CODE_SENT' } };
  };
  const sendCode = (request: any) => {
    request.code = codes();
    inbox.deliver(users.get(request.userId)!.phone, `Код: ${request.code}`);
  };
  const stateOf = (request: any) => {
    if (request.state === 'В обработке' && (!request.redirectUrl || request.identified)) {
      request.state = caStyle === 'astral' ? 'На проверке' : 'Выдан';
    }
    if (request.state === 'Выдан') users.get(request.userId)!.hasCertificate = true;
    return request.state;
  };

  return {
    'masterTokens.create': ({ headers }) => ({ masterToken: { token: `master of ${headers.authorization}` } }),
    currentUser: () => ({ currentUser: { clients: [{ id: 'client-1' }] } }),
    departments: () => ({ clientDepartments: [{ id: 'root', name: 'root', parentDepartmentId: null }] }),
    documentTypes: () => ({ documentTypes: [{ id: 'type-1', name: 'Приказ', visible: true }] }),
    routeTemplates: () => ({ signingRouteTemplates: [{ id: 'route-1', templateKey: 'EMPLOYEE_ONLY' }] }),
    applicationTypes: () => ({
      applicationTypes: [
        { id: 'app-type', active: true, templatable: false, templateFields: [], signingRouteTemplate: { stages: [] } },
      ],
    }),
    'bulk.create': ({ body }) => {
      const id = newId('bulk');
      const data = body.data.map((item: any) => {
        if (body.type !== 'CLIENT_USERS_V5') return { id: newId('item'), externalId: item.externalId, state: 'SYNCED' };
        const user = addUser(item);
        user.employee ??= { id: newId('employee'), externalId: item.employees[0].externalId };
        return { id: user.id, externalId: item.externalId, state: 'SYNCED' };
      });
      bulk.set(id, { id, state: 'FINISHED', data });
      return { bulkDataSyncTask: { id } };
    },
    'bulk.get': ({ params }) => ({ bulkDataSyncTask: bulk.get(params['id']!) }),
    employees: () => ({
      employees: [...users.values()]
        .filter((user) => user.employee)
        .map(({ employee }) => ({ legalEntities: [{ externalId: employee!.externalId, employeeId: employee!.id }] })),
    }),
    'users.create': ({ body }) => ({ clientUser: { id: addUser(body).id } }),
    'employees.create': ({ body }) => {
      const employee = { id: newId('employee'), externalId: body.externalId };
      users.get(body.clientUserId)!.employee = employee;
      return { employee };
    },
    'user.certificates': ({ params }) => ({
      certificates: users.get(params['clientUserId']!)!.hasCertificate ? [{ id: 'c', notAfter: LATER }] : [],
    }),
    'user.invite': ({ params }) => {
      const user = users.get(params['clientUserId']!)!;
      const token = newId('token');
      byToken.set(token, user);
      inbox.deliver(user.phone, `Приглашение в HRlink: https://hrlk.ru/${token}`);
      return {};
    },
    'invitation.accept': ({ params, body, response }) => {
      const user = byToken.get(params['token']!)!;
      if (body.passportLastDigits !== user.passport.slice(-4)) throw new Error('passport digits differ');
      user.password = body.password;
      openSession(user, response);
      return {};
    },
    login: ({ body, response }) => {
      if (body.login === 'hr' && body.password === 'hr-password') {
        response.setHeader('set-cookie', 'sessionId=hr; Path=/; HttpOnly');
        return {};
      }
      const user = [...users.values()].find(
        (each) => each.phone === `7${body.login}` && each.password === body.password,
      );
      if (!user) throw new Error('wrong credentials');
      openSession(user, response);
      return {};
    },
    'nqes.request': ({ params, body, base }) => {
      const remote = body.identificationType === 'REMOTE';
      const request: any = { id: newId('nqes'), userId: params['clientUserId'], state: 'На подтверждении', caStyle };
      request.redirectUrl = remote ? `${base}/esia/login?request=${request.id}` : null;
      requests.set(request.id, request);
      if (caStyle === 'astral') sendCode(request);
      return { nqesIssueRequest: { id: request.id } };
    },
    'nqes.get': ({ params }) => {
      const request = requests.get(params['id']!);
      return { nqesIssueRequest: { ...request, state: stateOf(request) } };
    },
    'nqes.sendCode': ({ params }) => {
      sendCode(requests.get(params['id']!));
      return {};
    },
    'nqes.confirm': ({ params, body }) => {
      const request = requests.get(params['id']!);
      if (body.code !== request.code) throw new Error('wrong code');
      request.state = 'В обработке';
      return {};
    },
    'nqes.accept': ({ params }) => {
      requests.get(params['id']!).state = 'Выдан';
      return {};
    },
    'esia.callback': () => {
      for (const request of requests.values()) request.identified = true;
      return {};
    },
    'files.upload': ({ body }) => {
      if (!Buffer.isBuffer(body) || !body.includes('%PDF-1.4')) throw new Error('not a PDF');
      return { files: [{ id: newId('file'), name: 'document.pdf', createdDate: NOW }] };
    },
    'documentGroups.sendToSigning': ({ body }) => {
      for (const document of body.documents) addDocument(document);
      return { sendToSigningTask: { id: newId('task') } };
    },
    'documentGroups.getHrRegistry': ({ body }) => {
      const wanted = new Set(body.documentExternalIds);
      const found = [...documents.values()].filter(
        (d) => wanted.has(d.externalId) || wanted.has(d.baseDocumentExternalId),
      );
      return { documentGroups: [{ id: 'group', documents: found }] };
    },
    'document.get': ({ params }) => ({ document: documents.get(params['id']!) }),
    'document.sign': ({ params }) => {
      const document = documents.get(params['id']!);
      const [entry] = document.employees;
      return startSigning(document.number, phoneOf(entry.employeeId), () => (entry.signedDate = NOW));
    },
    'signing.confirm': ({ params, body }) => {
      const signing = signings.get(params['id']!)!;
      if (body.code !== signing.code) throw new Error('wrong code');
      signing.sign();
      return { signingRequest: { state: 'SIGNED' } };
    },
    'applicationGroups.create': ({ body }) => {
      const id = newId('application');
      const signers = [{ employee: { id: body.employeeId }, signedDate: null, actionType: 'SIGNING' }];
      applications.set(id, { id, number: body.number, fileProcessedDate: NOW, signers, docflowFinishedDate: null });
      return { applicationGroup: { id: newId('group'), applications: [{ id }] } };
    },
    'application.get': ({ params }) => ({ application: applications.get(params['id']!) }),
    'application.sign': ({ params }) => {
      const application = applications.get(params['id']!);
      const [signer] = application.signers;
      return startSigning(application.number, phoneOf(signer.employee.id), () => (signer.signedDate = NOW));
    },
    'application.takeResponsibility': () => ({}),
    'application.process': ({ params }) => {
      applications.get(params['id']!).docflowFinishedDate = NOW;
      return {};
    },
    'lna.create': () => ({ lna: { id: newId('lna') } }),
    'lna.get': ({ params }) => ({ lna: { id: params['id'], fileProcessedDate: NOW } }),
    'lna.send': ({ body }) => ({ lnaSendTask: { id: `task-${body.employeeIds.length}` } }),
    'lna.sendTask': ({ params }) => ({ lnaSendTask: { id: params['id'], state: 'FINISHED', documents: [] } }),
  };
}
