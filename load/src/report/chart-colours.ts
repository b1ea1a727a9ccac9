/** Stand-in colours: the drawing library needs real ones, the page needs variables that follow its theme. */
export const INK = {
  c1: '#0a0b01',
  c2: '#0a0b02',
  c3: '#0a0b03',
  c4: '#0a0b04',
  soft: '#0a0b05',
  line: '#0a0b06',
  bad: '#0a0b07',
  hold: '#0a0b08',
  mute: '#0a0b09',
};

/** Names of the page's variables by stand-in. */
export const INK_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(INK).map(([name, colour]) => [colour, name]),
);

/**
 * Makes an inline picture of a drawing: CSS variables in place of the stand-ins, ids that depend on nothing but `id`
 * (the library counts drawings per process), no namespace, fixed size, hover rules or data for scripts.
 */
export function themed(svg: string, id: string): string {
  let text = svg
    .replace(/ xmlns(:\w+)?="[^"]*"/g, '')
    .replace(/<svg width="[\d.]+" height="[\d.]+"/, '<svg')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (class|pointer-events|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/\bzr\d+-c(\d+)/g, `${id}-$1`);
  for (const [name, colour] of Object.entries(INK)) text = text.replaceAll(colour, `var(--${name})`);
  return text;
}
