import { WireReply, type ErrorCatalogue, type FailureDetail } from '@poligon/emulator-kit';
import { httpErrors } from '../http/http.errors.js';

const OWN_PATH = /^\/[^/?]+\/+hs(\/|\?|$)/;
const TEXT = 'text/plain; charset=utf-8';

/** `detail.message`: text of the exception, which is all the body there is. */
const RENDER: Readonly<Record<string, (detail: FailureDetail) => WireReply>> = {
  'no-template': () => WireReply.empty(404),
  'no-method': () => WireReply.empty(405),
  'handler-exception': ({ message }) =>
    WireReply.text(typeof message === 'string' ? message : 'Внутренняя ошибка обработчика', 500, TEXT),
};

/** Errors of HTTP services (1c.md 2.3), and the platform's own that come before them. */
export const httpServiceErrors: ErrorCatalogue = {
  protocol: 'hs',
  names: [...Object.keys(RENDER), ...httpErrors.names],
  problems: {
    ...httpErrors.problems,
    'unknown-path': 'no-template',
    'wrong-method': 'no-method',
    internal: 'handler-exception',
  },
  owns: ({ url }) => OWN_PATH.test(url),
  render: (name, detail, call) =>
    Object.hasOwn(RENDER, name) ? RENDER[name]!(detail) : httpErrors.render(name, detail, call),
};
