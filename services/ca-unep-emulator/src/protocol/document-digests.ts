import { z } from 'zod';

const MAX_DOCUMENTS = 500;
/** 32 bytes, or 64 for keys of 512 bits; a length the certificate's suite does not use fails the signing itself. */
const BASE64_OF_DIGEST = /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/;

const digest = z
  .string()
  .regex(BASE64_OF_DIGEST, 'ожидается base64 хэша длиной 32 байта')
  .transform((text) => Buffer.from(text, 'base64'));

/** The documents of a signing order: `{id, hash}` each; other fields, such as a file name, play no part. */
export const documentsSchema = z
  .array(
    z
      .object({ id: z.string().min(1, 'не должно быть пустым').max(100, 'не длиннее 100 знаков'), hash: digest })
      .transform(({ id, hash }) => ({ id, digest: hash })),
  )
  .min(1, 'нужен хотя бы один документ')
  .max(MAX_DOCUMENTS, `не более ${MAX_DOCUMENTS} документов`);
