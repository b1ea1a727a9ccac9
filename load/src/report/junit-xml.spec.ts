import { reportModel } from '../../test/report-model.fixture.js';
import { junitXml } from './junit-xml.js';

describe('JUnit XML', () => {
  it('shows what broke, per hold and operation', () => {
    const model = reportModel();
    const xml = junitXml(model, 'en');
    expect(model.verdict.word).toBe('failure');
    expect(xml).toContain('<testsuite name="Failed" tests="1" failures="1" errors="0">');
    expect(xml).toContain('<testsuite name="Step 1, 100 %" tests="3" failures="1" errors="0">');
    expect(xml).toMatch(
      /name="Sign a document with UNEP" time="60"><failure message="“Sign a document with UNEP”: intensity/,
    );
    expect(xml).toContain('name="Create a document and send it for signing" time="60"></testcase>');
  });

  it('calls a hold of an unfit generator an error', () => {
    const model = reportModel();
    const hold = model.verdict.holds[0]!;
    hold.word = 'insufficient';
    hold.reasons = [{ code: 'cpu', value: 95, limit: 80 }];
    expect(junitXml(model, 'en')).toMatch(/name="Step fitness" time="60"><error message="generator CPU 95.0 %/);
  });

  it('escapes what would break the document', () => {
    const model = reportModel();
    model.verdict.reasons = [{ code: 'prepare', detail: 'a<b & "c" \u0000' }];
    expect(junitXml(model, 'en')).toContain('a&#60;b &#38; &#34;c&#34;');
    expect(junitXml(model, 'en')).not.toContain('\u0000');
  });
});
