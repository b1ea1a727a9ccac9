import type { Command } from 'commander';

/** A bash completion script for `npm run faults --` and for a shell function called `faults`. */
export function bashCompletion(program: Command, services: readonly string[]): string {
  const commands = program.commands.map((command) => command.name());
  const cases = program.commands.map((command) => {
    const flags = [...program.options, ...command.options].map(({ long }) => long).filter((flag) => flag !== undefined);
    return `    ${command.name()}) words="${flags.join(' ')}" ;;`;
  });
  return [
    '# eval "$(npm run --silent faults -- completion)"; then: faults <Tab>',
    'faults() { npm run --silent faults -- "$@"; }',
    '_faults() {',
    '  local words word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
    `  if [ "$previous" = --service ]; then COMPREPLY=($(compgen -W "${services.join(' ')}" -- "$word")); return; fi`,
    `  if [ "$COMP_CWORD" = 1 ]; then COMPREPLY=($(compgen -W "${commands.join(' ')}" -- "$word")); return; fi`,
    '  if [ "${COMP_WORDS[1]}" = preset ] && [ "$COMP_CWORD" = 2 ]; then',
    '    COMPREPLY=($(compgen -W "$(npm run --silent faults -- presets --names 2>/dev/null)" -- "$word")); return; fi',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -F _faults faults',
    '',
  ].join('\n');
}
