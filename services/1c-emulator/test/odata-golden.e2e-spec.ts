import { golden } from '@poligon/testing';
import { ODataClient } from './odata-client.js';

/** The address of a run differs from run to run, and so does the moment an Atom answer was made. */
const settled = (text: string, root: string): string =>
  text.replaceAll(root, 'http://host/zup/odata/standard.odata').replace(/<updated>[^<]*<\/updated>/g, '<updated/>');

describe('bytes of the standard interface', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_EMPLOYEES: '3' });
  });
  afterAll(() => odata.stop());

  const page = '/Catalog_ФизическиеЛица?$top=2&$inlinecount=allpages';
  it.each([
    ['minimal.json', `${page}&$format=json`],
    ['nometadata.json', `${page}&$format=application/json;odata=nometadata`],
    ['full.json', `${page}&$format=application/json;odata=fullmetadata`],
    ['feed.xml', page],
    ['record-set.json', '/InformationRegister_КадроваяИсторияСотрудников?$top=1&$format=json'],
    ['service.xml', '/'],
    ['metadata.xml', '/$metadata'],
    ['error.json', '/Catalog_Нет?$format=json'],
    ['error.xml', '/Catalog_Нет'],
  ])('%s', async (file, path) => {
    const { text } = await odata.call('GET', path);
    const actual = settled(text, odata.root);
    expect(actual).toBe(golden(new URL(`golden/odata/${file}`, import.meta.url), actual).toString('utf8'));
  });
});
