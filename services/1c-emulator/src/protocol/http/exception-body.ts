/** What the application server tells of an exception that kept a session from starting (1c.md 3). */
export interface ApplicationException {
  readonly status: number;
  readonly phrase: string;
  readonly method: string;
  /** Path within the publication. */
  readonly resource: string;
  /** What the platform says, line by line. */
  readonly text: string;
}

const STACK = 'core83.dll:0x00000000000A1B2C rsrvc83.dll:0x0000000000012F40 vrsbase83.dll:0x000000000003D5E8';

/** JSON text of the exception: `#exception` names its type, `inner` goes from the request down to the cause. */
export function exceptionBody({ status, phrase, method, resource, text }: ApplicationException): string {
  const cause = { descr: text, creationStack: STACK, data: Buffer.from(text, 'utf8').toString('base64') };
  return JSON.stringify({
    '#exception': '{http://v8.1c.ru/8.2/virtual-resource-system}Exception',
    exception: {
      reason: status,
      descr: `HTTP: ${phrase}\nОшибка при выполнении запроса ${method} к ресурсу ${resource}:`,
      inner: { descr: text, inner: cause },
    },
  });
}
