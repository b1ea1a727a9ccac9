import { WireReply, type Ending, type ErrorCatalogue } from '@poligon/emulator-kit';
import { PLATFORM_TEXTS, platformFailures, type PlatformFailure } from '../domain/platform-failure.js';

const problem = 'session-killed' satisfies PlatformFailure;

/** Failures of the platform that end a background job; a job has no wire, so an entry is only its text (1c.md 3). */
export const jobErrors: ErrorCatalogue = {
  protocol: 'onec',
  names: platformFailures,
  problems: {
    malformed: problem,
    invalid: problem,
    'too-large': problem,
    'media-type': problem,
    'unknown-path': problem,
    'wrong-method': problem,
    unavailable: problem,
    internal: problem,
  },
  owns: () => false,
  render: (name, { message }) => WireReply.text(jobErrorText(name, message), 500),
};

function jobErrorText(name: string, message: unknown): string {
  const text = PLATFORM_TEXTS[name as PlatformFailure] ?? PLATFORM_TEXTS[problem];
  return typeof message === 'string' ? `${text}\n${message}` : text;
}

/** What 1C's log says of a run that a fault rule ended. */
export function endingText(ending: Ending): string {
  if (ending.kind === 'fail') return jobErrorText(ending.code, ending.detail['message']);
  if (ending.kind === 'status') return `HTTP ${ending.status}`;
  return PLATFORM_TEXTS[problem];
}
