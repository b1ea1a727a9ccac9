import { call, type Answer, type CaStand, type Method } from './ca-stand.js';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A user of the sign server with tokens of their own. */
export class DssUser {
  private constructor(
    private readonly stand: CaStand,
    readonly token: string,
  ) {}

  static async signIn(stand: CaStand, username: string, password = 'poligon'): Promise<DssUser> {
    const { body } = await DssUser.ask(stand, username, password);
    return new DssUser(stand, body.access_token);
  }

  static ask(stand: CaStand, username: string, password: string): Promise<Answer> {
    const form = new URLSearchParams({ grant_type: 'password', username, password, client_id: 'poligon' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return call('POST', `${stand.emulator.protocolUrl}/STS/oauth/token`, form, headers);
  }

  call(method: Method, path: string, body?: unknown, token = this.token): Promise<Answer> {
    return call(method, `${this.stand.emulator.protocolUrl}${path}`, body, { authorization: `Bearer ${token}` });
  }

  server(method: Method, path: string, body?: unknown, token?: string): Promise<Answer> {
    return this.call(method, `/SignServer/rest/api${path}`, body, token);
  }

  sign(content: string, Signature: object): Promise<Answer> {
    return this.server('POST', '/documents', { Content: base64(content), Signature });
  }

  async generate(PinCode?: string): Promise<Answer> {
    return this.server('POST', '/keys/generate', { PinCode });
  }

  async verify(body: object): Promise<boolean[]> {
    const answer = await this.call('POST', '/SVS/rest/api/signatures', { ...body, VerifyParams: { VerifyAll: true } });
    return answer.body.map(({ Result }: { Result: boolean }) => Result);
  }

  /** Confirms a transaction by the code of the SMS. @returns the token that executes it */
  async confirm(TransactionTokenId: string, phone: string): Promise<Answer> {
    const asked = await this.call('POST', '/STS/confirmation', { TransactionTokenId });
    const [{ RefID: RefId }] = asked.body.Challenge.TextChallenge;
    const sms = await this.stand.gateway.wait(({ body }) => body.includes(phone));
    const Value = /\d{6}/.exec(new URLSearchParams(sms.body).get('mes')!)![0];
    return this.answer(RefId, Value);
  }

  answer(RefId: string, Value: string): Promise<Answer> {
    return this.call('POST', '/STS/confirmation', { ChallengeResponse: { TextChallengeResponse: [{ RefId, Value }] } });
  }
}
