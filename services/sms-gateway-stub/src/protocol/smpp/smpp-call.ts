import type { Exchange } from '@poligon/emulator-kit';
import type { Pdu } from './pdu.js';
import type { PduDraft } from './pdu-encode.codec.js';
import type { SmppSession } from './smpp-session.js';

/** One request of an ESME while it is decided. */
export interface SmppCall {
  readonly pdu: Pdu;
  readonly session: SmppSession;
  readonly exchange: Exchange;
}

/** What a request is answered with, status ESME_ROK. */
export interface SmppReply {
  readonly fields?: PduDraft['fields'];
  readonly tlvs?: PduDraft['tlvs'];
  /** Runs once the response was handed to the connection. */
  readonly afterwards?: () => void;
}

/** What one request does. @throws ProtocolError named after the command_status, PduError */
export type SmppHandler = (call: SmppCall) => SmppReply | Promise<SmppReply>;

/** The requests one part of the domain answers, by command name. */
export interface SmppOperations {
  readonly about: Readonly<Record<string, string>>;
  readonly handlers: Readonly<Record<string, SmppHandler>>;
}
