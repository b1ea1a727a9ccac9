/** A file to be sent to HRLink. */
export interface UploadFile {
  name: string;
  contentType: string;
  bytes: Buffer;
}

const BOUNDARY = '----poligon-boundary-7d2f41c09b';
const CRLF = '\r\n';

export const MULTIPART_CONTENT_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** Body of a multipart upload: every part is called `files`, as real clients do (spec hrlink.md section 5). */
export function multipartBody(files: readonly UploadFile[]): Buffer {
  const parts: Buffer[] = [];
  for (const file of files) {
    const head = [
      `--${BOUNDARY}`,
      `Content-Disposition: form-data; name="files"; filename="${file.name.replaceAll('"', '%22')}"`,
      `Content-Type: ${file.contentType}`,
      '',
      '',
    ].join(CRLF);
    parts.push(Buffer.from(head), file.bytes, Buffer.from(CRLF));
  }
  parts.push(Buffer.from(`--${BOUNDARY}--${CRLF}`));
  return Buffer.concat(parts);
}
