import fc from 'fast-check';

type Step = (bytes: Buffer) => Buffer;

/** Values that break length fields and counters. */
const INTERESTING = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff, 0x0d, 0x0a, 0x25, 0x26, 0x3d, 0x22, 0x7b, 0x5b];

/** Repetitions of repetitions would fill the memory and show nothing new. */
const MAX_BYTES = 1_000_000;

/** Place in a buffer by share, so that one step suits every length. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (bytes: Buffer, share: number): number => Math.floor(share * bytes.length);
const octet = fc.oneof(fc.constantFrom(...INTERESTING), fc.integer({ min: 0, max: 255 }));

const overwrite = fc.tuple(place, octet).map(([share, value]): Step => (bytes) => {
  if (bytes.length === 0) return bytes;
  const changed = Buffer.from(bytes);
  changed[at(bytes, share)] = value;
  return changed;
});
const insert = fc.tuple(place, fc.uint8Array({ maxLength: 40 })).map(([share, values]): Step => (bytes) => {
  const cut = at(bytes, share);
  return Buffer.concat([bytes.subarray(0, cut), values, bytes.subarray(cut)]);
});
const remove = fc.tuple(place, place).map(([from, to]): Step => (bytes) => {
  const [start, end] = [at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to))];
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
});
const truncate = place.map(
  (share): Step =>
    (bytes) =>
      bytes.subarray(0, at(bytes, share)),
);
const repeat = fc.tuple(place, fc.integer({ min: 1, max: 20 })).map(([share, times]): Step => (bytes) => {
  const tail = bytes.subarray(at(bytes, share));
  if (bytes.length + tail.length * times > MAX_BYTES) return bytes;
  return Buffer.concat([bytes, ...new Array<Buffer>(times).fill(tail)]);
});

/** A capture with up to six changes. */
export function mutated(captures: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const step = fc.oneof({ arbitrary: overwrite, weight: 4 }, insert, remove, truncate, repeat);
  return fc
    .tuple(fc.constantFrom(...captures), fc.array(step, { maxLength: 6 }))
    .map(([capture, steps]) => steps.reduce((bytes, change) => change(bytes), capture));
}
