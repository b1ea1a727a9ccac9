import { ProtocolError, type FailureDetail } from '@poligon/emulator-kit';
import type { ODataError } from './odata-entries.js';

/** An error of the standard interface; `of` are the values its text echoes. */
export function odataFailure(name: ODataError, ...of: readonly string[]): ProtocolError {
  return new ProtocolError(name, { of });
}

/** The same with a text of its own. */
export function odataFailureText(name: ODataError, text: string): ProtocolError {
  const detail: FailureDetail = { text };
  return new ProtocolError(name, detail);
}
