import fc from 'fast-check';
import { FrameReader, FramingError } from './frame-reader.js';
import { encodePdu } from './pdu-encode.codec.js';

const frames = [1, 2, 3, 4, 5].map((sequence) => encodePdu({ command: 'enquire_link', sequence }));

it('finds the PDUs wherever TCP splits or joins them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 79 })), (cuts) => {
      const stream = Buffer.concat(frames);
      const points = [0, ...[...new Set(cuts)].sort((left, right) => left - right), stream.length];
      const reader = new FrameReader(1024);
      const found: Buffer[] = [];
      for (let at = 1; at < points.length; at += 1) {
        reader.read(stream.subarray(points[at - 1], points[at]), (frame) => found.push(Buffer.from(frame)) > 0);
      }
      expect(found).toEqual(frames);
    }),
  );
});

it.each([0, 15, 1025, 0xffffffff])('does not follow a command_length of %d', (length) => {
  const header = Buffer.alloc(16);
  header.writeUInt32BE(length, 0);
  header.writeUInt32BE(77, 12);
  expect(() => new FrameReader(1024).read(header, () => true)).toThrow(
    expect.objectContaining({ commandLength: length, sequence: 77 }) as FramingError,
  );
});
