import { SetMetadata } from '@nestjs/common';

/** Metadata key of providers that forget their state on an admin reset. */
export const RESETTABLE = Symbol('resettable');

/** Forgets everything the process learnt from calls; configuration and fault rules are not its business. */
export interface Resettable {
  reset(): void | Promise<void>;
  /** Another replica has reset the state that both share: forgets what only this process keeps. Nothing when absent. */
  followReset?(): void | Promise<void>;
}

/** Marks a provider whose `reset()` is called by the admin door. */
export const ResetOnAdmin = (): ClassDecorator => SetMetadata(RESETTABLE, true);
