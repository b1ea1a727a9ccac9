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
    ['entry.xml', "/Constant_ЗаголовокСистемы(guid'00000000-0000-0000-0000-000000000000')"],
    ['error-filter.json', '/Catalog_Должности?$format=json&$filter=Code eq'],
    ['error-key.xml', "/Catalog_Должности(guid'1')"],
  ])('%s', async (file, path) => {
    const { text } = await odata.call('GET', path);
    const actual = settled(text, odata.root);
    expect(actual).toBe(golden(new URL(`golden/odata/${file}`, import.meta.url), actual).toString('utf8'));
  });
});

describe('bytes of web services', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start({ ONEC_EMPLOYEES: '3' });
  });
  afterAll(() => odata.stop());

  const envelope = (method: string, inner = '') =>
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
    `<${method} xmlns="http://www.1c.ru/SSL/EnterpriseDataExchange_1_0_1_1">${inner}</${method}></soap:Body></soap:Envelope>`;
  const NODE = '<ExchangePlanName>Нет</ExchangePlanName><PeerCode>Нет</PeerCode>';
  it.each([
    ['exchange.wsdl', undefined, 200],
    ['ping.xml', envelope('Ping'), 200],
    ['no-node.xml', envelope('TestConnection', NODE), 200],
    ['unknown-job.xml', envelope('PrepareDataActionResult', '<OperationID>x</OperationID>'), 200],
    ['fault-unknown-method.xml', envelope('Pong'), 500],
    ['fault-no-xml.xml', '<soap:Envelope', 500],
  ])('%s', async (file, body, status) => {
    const base = `${odata.emulator.protocolUrl}/zup/ws/EnterpriseDataExchange_1_0_1_1.1cws`;
    const headers = { 'content-type': 'text/xml; charset=utf-8' };
    const reply = await (body === undefined ? fetch(`${base}?wsdl`) : fetch(base, { method: 'POST', headers, body }));
    const actual = (await reply.text()).replaceAll(odata.emulator.protocolUrl, 'http://host');
    expect(reply.status).toBe(status);
    expect(actual).toBe(golden(new URL(`golden/soap/${file}`, import.meta.url), actual).toString('utf8'));
  });
});
