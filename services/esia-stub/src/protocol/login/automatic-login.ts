import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { ClientStore } from '../../state/client.store.js';
import { LoginRuleStore } from '../../state/login-rule.store.js';
import { namedPerson } from '../call-facts.js';
import { PersonDirectory } from '../person-directory.js';
import type { Visit } from './visit.js';

/** Decides who logs in without the form: a pre-authorisation by state, then the client's rule, then header or cookie. */
@Injectable()
export class AutomaticLogin {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly people: PersonDirectory,
    private readonly rules: LoginRuleStore,
    private readonly clients: ClientStore,
  ) {}

  /** Index of the person, or undefined when the form has to be shown. */
  async personFor({ state, clientId }: AuthorizationRequest, visit: Visit): Promise<number | undefined> {
    const rule = await this.rules.find(state);
    if (rule !== undefined) return rule.personIndex;
    const hint = (await this.clients.find(clientId))?.loginAs;
    return (hint && this.people.indexByHint(hint)) ?? this.named(visit);
  }

  /** Forgets the pre-authorisation once it served. */
  async served({ state }: AuthorizationRequest): Promise<void> {
    if ((await this.rules.find(state)) !== undefined) await this.rules.remove(state);
  }

  private named({ request }: Visit): number | undefined {
    if (this.config.autoLogin !== 'header') return undefined;
    const text = namedPerson(request);
    return text === undefined ? undefined : this.people.indexByLogin(text);
  }
}
