import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { OneCConfig } from '../../config.js';
import { Infobase } from '../../flow/infobase.js';

/** Characters of questions remembered: some thousand ordinary ones, or a few that somebody made long. */
const MOST_ASKED_CHARACTERS = 2_000_000;

/**
 * Answers that were worked out before. Pages are a function of the URL and of the data, so an answer stays right until somebody writes;
 * readers who pull the same pages over and over are served from here.
 */
@Injectable()
export class AnswerMemory {
  private readonly answers = new Map<string, WireReply>();
  /** Questions asked once since somebody wrote: who goes through a set page by page would only push out what is asked again. */
  private readonly asked = new Set<string>();
  private askedCharacters = 0;
  private bytes = 0;
  private state: unknown = undefined;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly infobase: Infobase,
  ) {}

  /** The answer known, or what `make` makes of the call. */
  async answer(request: FastifyRequest, make: () => Promise<WireReply>): Promise<WireReply> {
    this.forgetOld();
    const key = keyOf(request);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const reply = await make();
    // somebody may have written while the answer was being made
    if (this.infobase.state === this.state && this.isAskedAgain(key)) this.keep(key, reply);
    return reply;
  }

  /** Keeps an answer of JSON; the oldest give way. Atom tells when it was made, so it is made anew. */
  private keep(key: string, reply: WireReply): void {
    const isJson = reply.headers['content-type']?.startsWith('application/json') === true;
    if (!isJson || this.answers.has(key)) return;
    const body = Buffer.from(reply.body);
    const size = body.length + key.length * 2;
    if (size > this.config.odataMemoryBytes) return;
    this.answers.set(key, new WireReply(reply.status, reply.headers, body));
    this.bytes += size;
    for (const [oldest, { body }] of this.answers) {
      if (this.bytes <= this.config.odataMemoryBytes) return;
      this.answers.delete(oldest);
      this.bytes -= body.length + oldest.length * 2;
    }
  }

  private isAskedAgain(key: string): boolean {
    if (this.asked.delete(key)) return true;
    this.askedCharacters += key.length;
    if (this.askedCharacters > MOST_ASKED_CHARACTERS) this.forgetAsked();
    else this.asked.add(key);
    return false;
  }

  private forgetAsked(): void {
    this.asked.clear();
    this.askedCharacters = 0;
  }

  /** Whatever was written since makes all of it wrong. */
  private forgetOld(): void {
    const { state } = this.infobase;
    if (state === this.state) return;
    this.answers.clear();
    this.forgetAsked();
    this.bytes = 0;
    this.state = state;
  }
}

function keyOf({ raw, url, headers, protocol }: FastifyRequest): string {
  return `${protocol} ${headers.host ?? ''} ${headers.accept ?? ''} ${raw.url ?? url}`;
}
