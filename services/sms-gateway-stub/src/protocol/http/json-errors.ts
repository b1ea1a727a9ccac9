import { WireReply, type ErrorCatalogue, type FailureDetail, type InputProblem } from '@poligon/emulator-kit';

/** HTTP status, code and default text of one error. */
export type JsonErrorEntry = readonly [status: number, code: number, text: string];

/** What a catalogue of JSON errors is made of. */
export interface JsonErrorsOptions<N extends string> {
  readonly protocol: string;
  readonly entries: Readonly<Record<N, JsonErrorEntry>>;
  readonly problems: Readonly<Record<InputProblem, NoInfer<N>>>;
  readonly path: RegExp;
  /** The body of an error: its code, its text with what was wrong, its HTTP status. */
  readonly body: (code: number, text: string, status: number, detail: FailureDetail) => unknown;
}

/** A catalogue whose errors are JSON bodies. */
export function jsonErrors<N extends string>(options: JsonErrorsOptions<N>): ErrorCatalogue {
  const { protocol, entries, problems, path, body } = options;
  return {
    protocol,
    names: Object.keys(entries),
    problems,
    owns: ({ url }) => path.test(url),
    render: (name, detail) => {
      const [status, code, text] = entries[name as N];
      return WireReply.json(body(code, text, status, detail), status);
    },
  };
}

/** `text`, and after it the field and rule that a check named. */
export function reasoned(text: string, { field, reason }: FailureDetail): string {
  if (typeof reason !== 'string') return text;
  return typeof field === 'string' && field !== '' ? `${text}: ${field}: ${reason}` : `${text}: ${reason}`;
}
