import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { Parameters } from '../parameters.codec.js';
import { PersonDirectory } from '../person-directory.js';

/** Longest login or password that is looked at. */
const MAX_CHARS = 320;

/** Reads the login form. */
@Injectable()
export class LoginForm {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly people: PersonDirectory,
  ) {}

  /** Index of the person the form proves, or undefined when login or password is wrong. */
  personOf(form: Parameters): number | undefined {
    const [login, password] = [form.get('login') ?? '', form.get('password') ?? ''];
    if (login.length > MAX_CHARS || password === '' || password.length > MAX_CHARS) return undefined;
    const index = this.people.indexByLogin(login);
    if (index === undefined || !this.config.isPasswordChecked) return index;
    return password === this.people.person(index).snils ? index : undefined;
  }
}
