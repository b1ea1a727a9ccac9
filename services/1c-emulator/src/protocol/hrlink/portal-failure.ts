/** Ends a run; the message is what 1C writes into the job's log. */
export class PortalFailure extends Error {
  override readonly name: string = 'PortalFailure';
}

/** HRLink answered with an error (hrlink.md 3). */
export class PortalRefusal extends PortalFailure {
  override readonly name = 'PortalRefusal';

  constructor(
    readonly status: number,
    /** `errorCode`, when the answer had one. */
    readonly code: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** A bulk task did not finish within the job's patience. */
export class TaskGaveUp extends PortalFailure {
  override readonly name = 'TaskGaveUp';
}

/** The emulator is stopping or forgets everything. */
export class RunInterrupted extends Error {
  override readonly name = 'RunInterrupted';
}

/** Texts of 1C itself (hrlink.md 3) and of what has no official text. */
export const FAILURE_TEXTS = {
  noToken: 'Для соединения с порталом необходимо заполнить токен',
  noClientId: 'Не выполнена авторизация, не определён идентификатор клиента',
  unauthorised: 'Ошибка авторизации',
  noUser: 'Не указан пользователь портала, от имени которого выполняется обмен',
  masterTokenRefused: 'Единая авторизация отказала в мастер-токене',
  noMasterToken: (address: string) => `Единая авторизация не вернула мастер-токен ${address}`.trim(),
  unreachable: (cause: string) => `Портал не ответил: ${cause}`,
  refused: (status: number, code: string | null, text: string) =>
    `Портал ответил ошибкой HTTP ${status}${code === null ? '' : ` (${code})`}${text === '' ? '' : `: ${text}`}`,
  notJson: (status: number) => `Ответ портала не является JSON, HTTP ${status}`,
  noTaskId: 'Портал не вернул идентификатор задания',
  noList: (operation: string) => `Ответ портала не содержит списка: ${operation}`,
  taskFailed: (id: string) => `Задание ${id} завершилось с ошибкой`,
  taskGaveUp: (id: string, state: string, seconds: number) =>
    `Задание ${id} не завершено за ${seconds} с, состояние: ${state}`,
  noItemResult: 'Портал не сообщил результат по объекту',
  tooManyPages: (pages: number) => `Реестр портала длиннее ${pages} страниц, чтение прекращено`,
  notOnPortal: (name: string) =>
    `Сотрудника (${name}) нет на портале HRlink. Остатки отпуска по этому сотруднику не были выгружены`,
  noRoute: (key: string) => `Не указан маршрут подписания: на портале нет маршрута ${key}`,
  noDocumentType: (name: string) => `На портале нет типа документа: ${name}`,
  noFileId: 'Портал не вернул идентификатор файла',
} as const;
