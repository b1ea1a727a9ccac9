import { WireReply, type ErrorCatalogue, type FailedCall, type FailureDetail } from '@poligon/emulator-kit';
import { httpErrors } from '../http/http.errors.js';
import { xmlText } from '../xml/xml-text.js';
import { CONTENT_TYPES, envelope, versionOf } from './envelope.js';

const OWN_PATH = /^\/[^/?]+\/+ws(\/|\?|$)/;

type Text = (detail: FailureDetail) => string;
const told = (detail: FailureDetail, name: string): string => String((detail[name] as string | undefined) ?? '');

/** Faults by name: whose fault it is, and the text. `exception` shows `detail.message`, where an exception of the service's module comes from. */
const FAULTS: Readonly<Record<string, { readonly isCaller: boolean; readonly text: Text }>> = {
  exception: { isCaller: false, text: (detail) => told(detail, 'message') || 'Внутренняя ошибка web-сервиса' },
  'bad-envelope': { isCaller: true, text: () => 'Ошибка разбора XML: неверный формат сообщения SOAP' },
  'unknown-method': { isCaller: true, text: (detail) => `Операция web-сервиса не найдена: ${told(detail, 'name')}` },
  'bad-argument': {
    isCaller: true,
    text: (detail) =>
      `Ошибка преобразования данных XDTO: значение свойства '${told(detail, 'name')}' не соответствует типу`,
  },
};

/** Faults of web services (1c.md 2.4, 3, 8), and the platform's own errors that come before them. */
export const soapErrors: ErrorCatalogue = {
  protocol: 'soap',
  names: [...Object.keys(FAULTS), 'no-service', ...httpErrors.names],
  problems: {
    ...httpErrors.problems,
    malformed: 'bad-envelope',
    invalid: 'bad-argument',
    'unknown-path': 'no-service',
    internal: 'exception',
  },
  owns: ({ url }) => OWN_PATH.test(url),
  render: (name, detail, call) => {
    if (name === 'no-service') return httpErrors.render('not-published', detail, call);
    return Object.hasOwn(FAULTS, name) ? fault(name, detail, call) : httpErrors.render(name, detail, call);
  },
};

function fault(name: string, detail: FailureDetail, { header }: FailedCall): WireReply {
  const version = versionOf(header('content-type'));
  const { isCaller, text } = FAULTS[name]!;
  const reason = xmlText(text(detail));
  const body =
    version === '1.1'
      ? `<soap:Fault><faultcode>soap:${isCaller ? 'Client' : 'Server'}</faultcode><faultstring>${reason}</faultstring><detail/></soap:Fault>`
      : `<soap:Fault><soap:Code><soap:Value>soap:${isCaller ? 'Sender' : 'Receiver'}</soap:Value></soap:Code>` +
        `<soap:Reason><soap:Text xml:lang="ru">${reason}</soap:Text></soap:Reason></soap:Fault>`;
  return new WireReply(500, { 'content-type': CONTENT_TYPES[version] }, envelope(version, body));
}
