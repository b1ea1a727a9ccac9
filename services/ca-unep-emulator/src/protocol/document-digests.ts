import { z } from 'zod';

const DIGEST_BYTES = 32;
const MAX_DOCUMENTS = 500;
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

const digest = z
  .string()
  .regex(BASE64_OF_32_BYTES, 'ожидается base64 хэша длиной 32 байта')
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === DIGEST_BYTES, 'ожидается base64 хэша длиной 32 байта');

/** The documents of a signing order: `{id, hash}` each; other fields, such as a file name, play no part. */
export const documentsSchema = z
  .array(
    z
      .object({ id: z.string().min(1, 'не должно быть пустым').max(100, 'не длиннее 100 знаков'), hash: digest })
      .transform(({ id, hash }) => ({ id, digest: hash })),
  )
  .min(1, 'нужен хотя бы один документ')
  .max(MAX_DOCUMENTS, `не более ${MAX_DOCUMENTS} документов`);
