import { xmlEscapeAttribute } from '@poligon/pki';

export type Row = Readonly<Record<string, string>>;

const SPACES =
  'xmlns:s="uuid:BDC6E3F0-6DA3-11d1-A2A3-00AA00C14882" xmlns:dt="uuid:C2F41010-65B3-11d1-A29F-00AA00C14882" ' +
  'xmlns:rs="urn:schemas-microsoft-com:rowset" xmlns:z="#RowsetSchema"';

/** Rows as ADO keeps a record set in XML: clients look for `z:row` inside `rs:data` and read its attributes. */
export function recordSet(columns: readonly string[], rows: readonly Row[]): string {
  const types = columns.map(
    (column) => `<s:AttributeType name="${column}"><s:datatype dt:type="string"/></s:AttributeType>`,
  );
  const data = rows.map((row) => {
    const values = columns.map((column) => `${column}="${xmlEscapeAttribute(row[column] ?? '')}"`);
    return `<z:row ${values.join(' ')}/>`;
  });
  return (
    `<xml ${SPACES}><s:Schema id="RowsetSchema"><s:ElementType name="row" content="eltOnly">${types.join('')}` +
    `<s:extends type="rs:rowbase"/></s:ElementType></s:Schema><rs:data>${data.join('')}</rs:data></xml>`
  );
}
