/** A call as clients of 1C make it; `body` empty for GET and DELETE. */
export interface OneCCapture {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

const ROOT = '/zup/odata/standard.odata';
const SITE = '/bitrix/admin/1c_exchange.php?type=catalog';
const DSL = '/zup/hs/exchange_dsl_1_0_0_1/1';
const KEY = "guid'3f2504e0-4f89-41d3-9a0c-0305e82c3301'";
const ENTRY =
  '<entry xmlns="http://www.w3.org/2005/Atom" xmlns:d="urn:d" xmlns:m="urn:m"><content type="application/xml">' +
  '<m:properties><d:Description>А</d:Description><d:НДФЛ><d:element><d:LineNumber>1</d:LineNumber></d:element></d:НДФЛ>' +
  '</m:properties></content></entry>';

const get = (path: string): OneCCapture => ({ method: 'GET', url: encodeURI(path), type: '', body: '' });
const send = (method: OneCCapture['method'], path: string, body: unknown): OneCCapture => ({
  method,
  url: encodeURI(path),
  type: typeof body === 'string' ? 'application/atom+xml' : 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** One or more calls of every operation. */
export const ONEC_CAPTURES: readonly OneCCapture[] = [
  get(`${ROOT}/`),
  get(
    `${ROOT}/Catalog_Сотрудники?$format=json&$filter=ВАрхиве eq false and startswith(Description,'А')&$select=Code&$top=5`,
  ),
  get(
    `${ROOT}/Document_Отпуск?$filter=year(Date) add 1 gt 2024 or not (Сотрудник/Code eq '1')&$orderby=Date desc&$skip=1`,
  ),
  get(
    `${ROOT}/Document_Отпуск?$filter=НДФЛ/any(d: d/Налог gt -1.5)&$expand=Сотрудник/ФизическоеЛицо&$inlinecount=allpages`,
  ),
  get(`${ROOT}/Catalog_Файлы?$filter=ВладелецФайла eq cast(${KEY},'Document_Отпуск') and isof(Code,'String')`),
  get(`${ROOT}/Catalog_Сотрудники(${KEY})/ФизическоеЛицо/ФИО`),
  get(`${ROOT}/Catalog_Сотрудники/$count?$filter=like(Code,'%0[1-2]_') eq true`),
  get(
    `${ROOT}/InformationRegister_КадроваяИсторияСотрудников/SliceLast(Period=datetime'2026-01-01T00:00:00',Condition='Сотрудник_Key eq ${KEY.replaceAll("'", "''")}')`,
  ),
  get(`${ROOT}/AccumulationRegister_ВзаиморасчетыССотрудниками/Balance(Dimensions='Организация')?$format=json`),
  send('POST', `${ROOT}/Document_Отпуск`, { Date: '2026-01-15T00:00:00', НДФЛ: [{ LineNumber: 1, Налог: 2 }] }),
  send('POST', `${ROOT}/Catalog_ВидыОтпусков`, ENTRY),
  send('PATCH', `${ROOT}/Document_Отпуск(${KEY})`, {
    Posted: true,
    'Сотрудник@odata.bind': `Catalog_Сотрудники(${KEY})`,
  }),
  send('PUT', `${ROOT}/Catalog_ВидыОтпусков(${KEY})`, { Description: 'А' }),
  send('POST', `${ROOT}/Document_Отпуск(${KEY})/Post?PostingModeOperational=false`, {}),
  { method: 'DELETE', url: encodeURI(`${ROOT}/Document_Отпуск(${KEY})`), type: '', body: '' },
  get('/zup/hs/ping/echo/привет'),
  get('/zup/hs/exchange_dsl_1_0_0_1/1/GetIBParameters?ExchangePlanName=СинхронизацияДанныхЧерезУниверсальныйФормат'),
  get('/zup/hs/exchange_dsl_1_0_0_1/1/GetFilePart?FileID=fuzz&PartNumber=1'),
  { method: 'POST', url: `${DSL}/PutFilePart?FileID=fuzz&PartNumber=1`, type: 'application/octet-stream', body: 'PK' },
  { method: 'POST', url: `${DSL}/PrepareGetFile?FileID=fuzz&BlockSize=1`, type: 'application/octet-stream', body: '' },
  { method: 'POST', url: `${ROOT}/SelectChanges?MessageNo=1`, type: '', body: '' },
  get(
    `${ROOT}/AccountingRegister_Хозрасчетный/Balance(AccountCondition='Account_Key eq ${KEY.replaceAll("'", "''")}')`,
  ),
  get(`${ROOT}/DocumentJournal_Отпуска(Ref=${KEY},Ref_Type='StandardODATA.Document_Отпуск')`),
  send('POST', `${ROOT}/BusinessProcess_Задание(${KEY})/Start?RoutePoint='А'`, {}),
  get('/bitrix/admin/1c_exchange.php?type=catalog&mode=checkauth'),
  { method: 'POST', url: `${SITE}&mode=file&filename=import.xml`, type: 'application/octet-stream', body: '<a/>' },
  get(`${SITE}&mode=import&filename=import.xml`),
];
