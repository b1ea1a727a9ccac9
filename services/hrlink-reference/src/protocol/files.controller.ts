import { Controller, Inject, Req } from '@nestjs/common';
import type { MultipartFile } from '@fastify/multipart';
import { CONFIG } from '@poligon/emulator-kit';
import type { UploadedFile } from '@poligon/hrlink-api';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Config } from '../config.js';
import type { Actor } from '../domain/actor.js';
import { Refusal } from '../domain/refusal.js';
import { isAcceptedFormat } from '../domain/stored-file.js';
import { type DigestedUpload, Files } from '../flow/files.js';
import { CurrentActor } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { isoDate } from './iso-date.js';
import { success } from './success.js';

/** Upload: multipart, any field names, several files, answer order = part order (spec 2.6, section 5). */
@Controller()
export class FilesController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly files: Files,
  ) {}

  @HrlinkRoute('files.upload', { about: 'uploads files, conversion follows', access: 'any', pool: 'upload' })
  async upload(@Req() request: FastifyRequest, @CurrentActor() actor: Actor) {
    if (!request.isMultipart())
      throw new Refusal('malformedJson', { path: '', reason: 'multipart/form-data expected' });
    const uploads = await this.read(request, actor.clientUserId);
    if (uploads.length === 0) throw new Refusal('malformedJson', { path: '', reason: 'at least one file expected' });
    const files = uploads.map((upload): UploadedFile => {
      const file = this.files.acceptUpload(upload);
      return { id: file.id, creatorId: file.creatorId, name: file.name, createdDate: isoDate(file.createdAtMs) };
    });
    return success({ files });
  }

  /** Reads every part to its end; only digests stay. Nothing is kept when any part is refused. */
  private async read(request: FastifyRequest, creatorId: string | null): Promise<DigestedUpload[]> {
    const uploads: DigestedUpload[] = [];
    let refusal: Refusal | undefined;
    for await (const part of multipartOf(request)) {
      if (part.type !== 'file') continue;
      const { sizeBytes, sha256, isCut } = await digest(part);
      if (isCut) refusal ??= new Refusal('fileTooLarge', { name: part.filename, maxBytes: this.config.maxUploadBytes });
      if (!isAcceptedFormat(part.filename)) refusal ??= new Refusal('fileFormat', { name: part.filename });
      uploads.push({ name: part.filename.slice(0, 255), sizeBytes, sha256, creatorId });
    }
    if (refusal !== undefined) throw refusal;
    return uploads;
  }
}

async function digest(part: MultipartFile): Promise<{ sizeBytes: number; sha256: string; isCut: boolean }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex'), isCut: part.file.truncated };
}

/** Parts of the body; a broken or oversized multipart becomes a catalogue error. */
async function* multipartOf(request: FastifyRequest) {
  try {
    yield* request.parts();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'FST_FILES_LIMIT') throw new Refusal('uploadQuota');
    throw new Refusal('malformedJson', { path: '', reason: 'broken multipart body' });
  }
}
