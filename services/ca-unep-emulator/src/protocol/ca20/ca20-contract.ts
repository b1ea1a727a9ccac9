/** Namespace, service and contract are known (section 2.5); so are the order and the kinds of parameters, from clients. */
export const CA20_NAMESPACE = 'http://cryptopro.ru/pki/registration/service/2010/03';
export const CA20_SERVICE = 'RegAuthLegacyService';
export const CA20_CONTRACT = 'RegAuthLegacyContract';
export const CA20_PATH = `RA/${CA20_SERVICE}.svc`;

/** What a client puts before the name of an operation in SOAPAction. */
export const CA20_ACTION_PREFIX = `${CA20_NAMESPACE}/${CA20_CONTRACT}/`;

export type Ca20Type = 'string' | 'boolean' | 'int';

/** What a parameter means here; its name on the wire is looked up in `CA20_NAMES`. */
export type Ca20Role = keyof typeof CA20_NAMES;

/** Names of elements: assumptions, all of them. A stand changes them by `CA_CA20_NAMES`. */
export const CA20_NAMES = {
  folderId: 'folderId',
  rawRequest: 'rawRequest',
  email: 'email',
  keyPhrase: 'keyPhrase',
  description: 'description',
  managerComment: 'managerComment',
  sendNotification: 'sendNotification',
  regRequestId: 'regRequestId',
  fields: 'fields',
  userId: 'userId',
  webLogin: 'webLogin',
  webPassword: 'webPassword',
  status: 'status',
  sortField: 'sortField',
  sortAscending: 'sortAscending',
  conditionField: 'conditionField',
  conditionValue: 'conditionValue',
  conditionOperator: 'conditionOperator',
  page: 'page',
  pageSize: 'pageSize',
  countTotal: 'countTotal',
  resultCount: 'resultCount',
  totalRowCount: 'totalRowCount',
} as const;

export interface Ca20Parameter {
  readonly role: Ca20Role;
  readonly type: Ca20Type;
}

export interface Ca20Operation {
  /** Last part of its name among the operations of this service. */
  readonly word: string;
  readonly inputs: readonly Ca20Parameter[];
  /** Whether `<name>Result`, a text, comes first in the answer. */
  readonly hasResult: boolean;
  readonly outputs: readonly Ca20Parameter[];
}

const text = (...roles: readonly Ca20Role[]): Ca20Parameter[] => roles.map((role) => ({ role, type: 'string' }));
const flag = (role: Ca20Role): Ca20Parameter => ({ role, type: 'boolean' });
const number = (...roles: readonly Ca20Role[]): Ca20Parameter[] => roles.map((role) => ({ role, type: 'int' }));

const LIST: Omit<Ca20Operation, 'word'> = {
  inputs: [
    ...text('folderId', 'status', 'sortField'),
    flag('sortAscending'),
    ...text('conditionField', 'conditionValue'),
    ...number('conditionOperator', 'page', 'pageSize'),
    flag('countTotal'),
  ],
  hasResult: true,
  outputs: number('resultCount', 'totalRowCount'),
};

/** Operations the wire specification knows, parameters in the order clients give them in. */
export const CA20_OPERATIONS = {
  SubmitAndAcceptRegRequest: {
    word: 'submit-and-accept-reg-request',
    inputs: [
      ...text('folderId', 'rawRequest', 'email', 'keyPhrase', 'description', 'managerComment'),
      flag('sendNotification'),
    ],
    hasResult: true,
    outputs: [],
  },
  GetRegRequestRecord: {
    word: 'get-reg-request-record',
    inputs: text('regRequestId', 'fields'),
    hasResult: true,
    outputs: [],
  },
  CreateTokenForUser: {
    word: 'create-token-for-user',
    inputs: text('userId'),
    hasResult: false,
    outputs: text('webLogin', 'webPassword'),
  },
  GetCertificateRecordList: { word: 'get-certificate-record-list', ...LIST },
  SubmitAndAcceptRevRequest: {
    word: 'submit-and-accept-rev-request',
    inputs: [...text('rawRequest', 'managerComment'), flag('sendNotification')],
    hasResult: true,
    outputs: [],
  },
  GetUserRecordList: { word: 'get-user-record-list', ...LIST },
} as const satisfies Record<string, Ca20Operation>;

export type Ca20OperationName = keyof typeof CA20_OPERATIONS;

export const isCa20Operation = (name: string): name is Ca20OperationName => Object.hasOwn(CA20_OPERATIONS, name);

/** Operation named by a SOAPAction header, quoted or not; undefined for any other action. */
export function operationOfAction(action: unknown): Ca20OperationName | undefined {
  const given = typeof action === 'string' ? action.replace(/^"(.*)"$/, '$1') : '';
  if (!given.startsWith(CA20_ACTION_PREFIX)) return undefined;
  const name = given.slice(CA20_ACTION_PREFIX.length);
  return isCa20Operation(name) ? name : undefined;
}

export type Ca20Names = Readonly<Record<Ca20Role, string>>;
