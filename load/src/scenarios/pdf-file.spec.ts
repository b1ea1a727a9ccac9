import { pdfFile } from './pdf-file.js';

describe('PDF writer', () => {
  it.each([1, 2000, 60 * 1024, 1024 * 1024])(
    'makes a file of about %i bytes with a true cross-reference table',
    (size) => {
      const file = pdfFile('Load (test) \\ №', size).toString('latin1');
      expect(file.startsWith('%PDF-1.4\n')).toBe(true);
      expect(file.endsWith('%%EOF\n')).toBe(true);
      if (size > 1000) expect(Math.abs(file.length - size)).toBeLessThan(128);
      const table = Number(/startxref\n(\d+)\n/.exec(file)![1]);
      expect(file.startsWith('xref\n', table)).toBe(true);
      const offsets = [...file.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
      offsets.forEach((offset, index) => expect(file.startsWith(`${index + 1} 0 obj\n`, offset)).toBe(true));
      expect(file).toContain('(Load \\(test\\) \\\\ ?) Tj');
      for (const [, length, content] of file.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g)) {
        expect(content!.length).toBe(Number(length));
      }
    },
  );
});
