/** A person who is to log in without a form when the authorization request with this state comes. */
export interface LoginRule {
  readonly state: string;
  readonly personIndex: number;
}

/** Pre-authorised logins by the `state` of the authorization request. */
export abstract class LoginRuleStore {
  abstract put(rule: LoginRule): Promise<void>;
  abstract find(state: string): Promise<LoginRule | undefined>;
  /** False when there was none. */
  abstract remove(state: string): Promise<boolean>;
  /** Oldest first. */
  abstract list(): Promise<readonly LoginRule[]>;
}
