/** A reply in wire form; controllers return it when status, content type or exact bytes matter. Anything else is sent as JSON with status 200. */
export class WireReply {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string | Buffer,
  ) {}

  /** JSON text; `contentType` with the charset the real system names. */
  static json(value: unknown, status = 200, contentType = 'application/json; charset=utf-8'): WireReply {
    return new WireReply(status, { 'content-type': contentType }, JSON.stringify(value));
  }

  static text(text: string, status = 200, contentType = 'text/plain; charset=utf-8'): WireReply {
    return new WireReply(status, { 'content-type': contentType }, text);
  }

  static redirect(location: string, headers: Readonly<Record<string, string>> = {}): WireReply {
    return new WireReply(302, { ...headers, location }, '');
  }

  static empty(status: number): WireReply {
    return new WireReply(status, {}, '');
  }
}
