/** A file on its way to HRLink. */
export interface UploadedPart {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A body that is not JSON. */
export class RawBody {
  constructor(
    readonly contentType: string,
    readonly bytes: Buffer,
  ) {}
}

const BOUNDARY = 'v8-exchange-27d04f1b9e63';
const CRLF = '\r\n';

/** Files as one multipart body, parts all called `files` (hrlink.md 5). */
export function multipart(files: readonly UploadedPart[]): RawBody {
  const parts = files.flatMap(({ name, bytes }) => {
    const disposition = `form-data; name="files"; filename="${name.replace(/["\r\n]/g, '_')}"`;
    const head = [`--${BOUNDARY}`, `Content-Disposition: ${disposition}`, 'Content-Type: application/pdf', '', ''];
    return [Buffer.from(head.join(CRLF), 'utf8'), bytes, Buffer.from(CRLF)];
  });
  const bytes = Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--${CRLF}`)]);
  return new RawBody(`multipart/form-data; boundary=${BOUNDARY}`, bytes);
}
