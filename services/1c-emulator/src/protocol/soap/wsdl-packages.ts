/** Namespaces of 1C's packages of types. */
export const V8_CORE = 'http://v8.1c.ru/8.1/data/core';
export const EXCHANGE_PACKAGE = 'http://v8.1c.ru/SSL/Exchange/EnterpriseDataExchange';

const schema = (namespace: string, types: string): string =>
  `<xs:schema targetNamespace="${namespace}" attributeFormDefault="unqualified" elementFormDefault="qualified">${types}</xs:schema>`;

/** Types of the packages that web services use, by the prefix they have in a WSDL. */
export const PACKAGES: readonly { readonly prefix: string; readonly namespace: string; readonly xsd: string }[] = [
  {
    prefix: 'v8',
    namespace: V8_CORE,
    xsd: schema(
      V8_CORE,
      '<xs:complexType name="Array"><xs:sequence>' +
        '<xs:element name="Value" type="xs:anyType" nillable="true" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>' +
        '<xs:simpleType name="UUID"><xs:restriction base="xs:string">' +
        '<xs:pattern value="[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}"/></xs:restriction></xs:simpleType>' +
        '<xs:complexType name="Structure"><xs:sequence><xs:element name="Property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>' +
        '<xs:sequence><xs:element name="Value" type="xs:anyType" nillable="true"/></xs:sequence>' +
        '<xs:attribute name="name" type="xs:NCName" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType>' +
        '<xs:simpleType name="ValueStorage"><xs:restriction base="xs:base64Binary"/></xs:simpleType>',
    ),
  },
  {
    prefix: 'exchange',
    namespace: EXCHANGE_PACKAGE,
    xsd: schema(
      EXCHANGE_PACKAGE,
      '<xs:complexType name="PrepareDataOperationResult"><xs:sequence>' +
        '<xs:element name="ErrorMessage" type="xs:string" minOccurs="0"/><xs:element name="FileID" type="xs:string" minOccurs="0"/>' +
        '<xs:element name="PartCount" type="xs:int" nillable="true" minOccurs="0"/><xs:element name="Status" type="xs:string" minOccurs="0"/>' +
        '</xs:sequence></xs:complexType>',
    ),
  },
];
