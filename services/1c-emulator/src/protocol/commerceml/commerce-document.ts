import { depthOf, MAX_XML_DEPTH } from '../xml/xml-tree.js';
import { xmlText } from '../xml/xml-text.js';

const ROOT = 'КоммерческаяИнформация';
const SPACE = 'urn:1C.ru:commerceml_2';
const VERSION = '2.10';

/** One item of the catalogue 1C sends. */
export interface CommerceItem {
  readonly id: string;
  readonly name: string;
}

/** What a catalogue document holds. */
export interface ReadDocument {
  readonly goods: number;
  readonly offers: number;
}

function head(createdAt: string): string {
  return `\ufeff<?xml version="1.0" encoding="UTF-8"?><${ROOT} xmlns="${SPACE}" ВерсияСхемы="${VERSION}" ДатаФормирования="${createdAt}">`;
}

/** import.xml: a classification and its catalogue (1c.md 2.6). @param createdAt `yyyy-MM-ddTHH:mm:ss` */
export function importDocument(owner: CommerceItem, goods: readonly CommerceItem[], createdAt: string): string {
  const title = `<Ид>${xmlText(owner.id)}</Ид><Наименование>${xmlText(owner.name)}</Наименование>`;
  const items = goods.map(
    ({ id, name }) =>
      `<Товар><Ид>${xmlText(id)}</Ид><Наименование>${xmlText(name)}</Наименование><Группы><Ид>${xmlText(owner.id)}</Ид></Группы></Товар>`,
  );
  return (
    `${head(createdAt)}<Классификатор>${title}<Группы><Группа>${title}</Группа></Группы></Классификатор>` +
    `<Каталог СодержитТолькоИзменения="false">${title}<ИдКлассификатора>${xmlText(owner.id)}</ИдКлассификатора>` +
    `<Товары>${items.join('')}</Товары></Каталог></${ROOT}>`
  );
}

/** offers.xml: how many of each good there are. */
export function offersDocument(owner: CommerceItem, goods: readonly CommerceItem[], createdAt: string): string {
  const offers = goods.map(
    ({ id, name }) =>
      `<Предложение><Ид>${xmlText(id)}</Ид><Наименование>${xmlText(name)}</Наименование><Количество>1</Количество></Предложение>`,
  );
  return (
    `${head(createdAt)}<ПакетПредложений СодержитТолькоИзменения="false"><Ид>${xmlText(owner.id)}</Ид>` +
    `<ИдКаталога>${xmlText(owner.id)}</ИдКаталога><Предложения>${offers.join('')}</Предложения></ПакетПредложений></${ROOT}>`
  );
}

/** Orders as the site of Bitrix writes them, to be encoded in windows-1251. */
export function ordersDocument(orders: readonly CommerceItem[], createdAt: string): string {
  const [date, time] = createdAt.split('T') as [string, string];
  const documents = orders.map(
    ({ id, name }) =>
      `<Документ><Ид>${xmlText(id)}</Ид><Номер>${xmlText(id)}</Номер><Дата>${date}</Дата><Время>${time}</Время>` +
      `<ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль><Валюта>RUB</Валюта><Комментарий>${xmlText(name)}</Комментарий></Документ>`,
  );
  return (
    `<?xml version="1.0" encoding="windows-1251"?><${ROOT} ВерсияСхемы="2.05" ДатаФормирования="${createdAt}" ` +
    `ФорматДаты="ДФ=yyyy-MM-dd; ДЛФ=DT" ФорматВремени="ДФ=ЧЧ:мм:сс; ДЛФ=T" РазделительДатаВремя="T" ` +
    `ФорматСуммы="ЧЦ=18; ЧДЦ=2; ЧРД=." ФорматКоличества="ЧЦ=18; ЧДЦ=2; ЧРД=.">${documents.join('')}</${ROOT}>`
  );
}

/** Counts what a document holds in one pass over it; undefined when it is none, or no whole XML. */
export function readDocument(bytes: Buffer): ReadDocument | undefined {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  if (text.includes('<!') || !new RegExp(`^\\s*(<\\?xml[^>]*>\\s*)?<${ROOT}[\\s>]`).test(text)) return undefined;
  const { deepest, open } = depthOf(text);
  if (open !== 0 || deepest > MAX_XML_DEPTH || !text.trimEnd().endsWith(`</${ROOT}>`)) return undefined;
  return { goods: text.split('<Товар>').length - 1, offers: text.split('<Предложение>').length - 1 };
}
