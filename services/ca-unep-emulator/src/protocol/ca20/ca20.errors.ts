import { WireReply, type ErrorCatalogue, type FailureDetail } from '@poligon/emulator-kit';
import { xmlEscape, xmlEscapeAttribute } from '@poligon/pki';
import { CA20_NAMESPACE } from './ca20-contract.js';
import { ca20Envelope, SOAP_11 } from './ca20-envelope.js';

export const SOAP_TYPE = 'text/xml; charset=utf-8';

const told = (detail: FailureDetail, name: string): string => {
  const value = detail[name];
  return typeof value === 'string' ? value : '';
};

interface Fault {
  /** Local name, or `prefix:name` with `space`. */
  readonly code: string;
  readonly space?: string;
  readonly text: (detail: FailureDetail) => string;
}

const ADDRESSING = 'http://schemas.microsoft.com/ws/2005/05/addressing/none';
const DISPATCHER = 'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher';

/** Faults of the framework the real service stands on (WCF), in its words. */
const FRAMEWORK: Readonly<Record<string, Fault>> = {
  action_not_supported: {
    code: 'ActionNotSupported',
    space: ADDRESSING,
    text: (detail) =>
      `The message with Action '${told(detail, 'action')}' cannot be processed at the receiver, due to a ContractFilter mismatch at the EndpointDispatcher.`,
  },
  deserialization_failed: {
    code: 'DeserializationFailed',
    space: DISPATCHER,
    text: (detail) =>
      `The formatter threw an exception while trying to deserialize the message: Error in deserializing body of request message for operation '${told(detail, 'operation')}'. ${told(detail, 'why')}`,
  },
  internal: {
    code: 'InternalServiceFault',
    space: DISPATCHER,
    text: () => 'The server was unable to process the request due to an internal error.',
  },
  version_mismatch: { code: 's:VersionMismatch', text: () => 'The SOAP version of the message is not supported.' },
  must_understand: {
    code: 's:MustUnderstand',
    text: (detail) =>
      `The header '${told(detail, 'header')}' from the namespace '${told(detail, 'namespace')}' was not understood by the recipient of this message.`,
  },
};

/** Refusals of the registration authority: a fault with ErrorInfo. Texts are assumptions. */
const REFUSALS: Readonly<Record<string, string>> = {
  invalid_request: 'Неверный формат запроса',
  invalid_signature: 'Подпись запроса недействительна',
  unknown_field: 'Поле условия отбора не поддерживается',
  user_not_found: 'Пользователь не найден',
  request_not_found: 'Запрос не найден',
  certificate_not_found: 'Сертификат не найден',
  wrong_state: 'Операция недопустима в текущем состоянии',
  stop_list: 'Стоп-лист',
  snils_inn_error: 'Ошибка в данных СНИЛС/ИНН',
};

/** Answered by the web server itself, without an envelope. */
const PLAIN: Readonly<Record<string, readonly [number, string]>> = {
  bad_request: [400, ''],
  access_denied: [403, '403 - Forbidden: Access is denied.'],
  not_found: [404, '404 - File or directory not found.'],
  too_large: [413, ''],
  unsupported_media_type: [415, ''],
  overloaded: [503, 'Service Unavailable'],
};

function faultEnvelope(
  code: string,
  text: string,
  more: { readonly space?: string; readonly detail?: string },
): string {
  const written =
    more.space === undefined
      ? `<faultcode>${code}</faultcode>`
      : `<faultcode xmlns:a="${xmlEscapeAttribute(more.space)}">a:${code}</faultcode>`;
  const detail = more.detail === undefined ? '' : `<detail>${more.detail}</detail>`;
  return ca20Envelope(
    `<s:Fault xmlns:s="${SOAP_11}">${written}<faultstring xml:lang="ru-RU">${xmlEscape(text)}</faultstring>${detail}</s:Fault>`,
  );
}

function render(name: string, detail: FailureDetail): WireReply {
  const plain = PLAIN[name];
  if (plain !== undefined) return WireReply.text(plain[1], plain[0]);
  const fault = FRAMEWORK[name];
  if (fault !== undefined) {
    const space = fault.space === undefined ? {} : { space: fault.space };
    return WireReply.text(faultEnvelope(fault.code, fault.text(detail), space), 500, SOAP_TYPE);
  }
  const text = told(detail, 'text') || (REFUSALS[name] ?? '');
  const information =
    `<ErrorInfo xmlns="${CA20_NAMESPACE}"><ErrorCode>${name}</ErrorCode>` +
    `<ErrorMessage>${xmlEscape(text)}</ErrorMessage></ErrorInfo>`;
  return WireReply.text(faultEnvelope('s:Client', text, { detail: information }), 500, SOAP_TYPE);
}

/** Errors of the registration authority of УЦ 2.0: SOAP 1.1 faults (section 3), and what its web server answers itself. */
export const ca20Errors: ErrorCatalogue = {
  protocol: 'ca20',
  names: [...Object.keys(FRAMEWORK), ...Object.keys(REFUSALS), ...Object.keys(PLAIN)],
  problems: {
    malformed: 'bad_request',
    invalid: 'deserialization_failed',
    'too-large': 'too_large',
    'media-type': 'unsupported_media_type',
    'unknown-path': 'not_found',
    'wrong-method': 'not_found',
    unavailable: 'overloaded',
    internal: 'internal',
  },
  owns: ({ url }) => /^\/RA(\/|$)/i.test(url),
  render,
};
