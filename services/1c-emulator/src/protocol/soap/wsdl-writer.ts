import { xmlText } from '../xml/xml-text.js';
import type { SoapMethod, SoapType, WebService } from './web-service.js';
import { EXCHANGE_PACKAGE, PACKAGES, V8_CORE } from './wsdl-packages.js';

const TRANSPORT = 'http://schemas.xmlsoap.org/soap/http';
const SPACES =
  'xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap12bind="http://schemas.xmlsoap.org/wsdl/soap12/" ' +
  'xmlns:soapbind="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" ' +
  `xmlns:v8="${V8_CORE}" xmlns:exchange="${EXCHANGE_PACKAGE}"`;

/** Description of a service in WSDL 1.1: document/literal wrapped, both versions of SOAP (1c.md 2.4). `location`: address of the service. */
export function wsdl(service: WebService, location: string): string {
  const methods = [...service.methods.values()];
  const { name, namespace } = service;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<definitions ${SPACES} xmlns:xsd1="${namespace}" xmlns:tns="${namespace}" name="${name}" targetNamespace="${namespace}">`,
    `<types>${schema(service)}${PACKAGES.filter(isUsed(methods))
      .map(({ xsd }) => xsd)
      .join('')}</types>`,
    ...methods.flatMap((method) => messages(method)),
    `<portType name="${name}PortType">${methods.map(portOperation).join('')}</portType>`,
    binding(service, 'Soap', 'soapbind'),
    binding(service, 'Soap12', 'soap12bind'),
    `<service name="${name}">${port(name, 'Soap', 'soapbind', location)}${port(name, 'Soap12', 'soap12bind', location)}</service>`,
    '</definitions>',
  ].join('');
}

function isUsed(methods: readonly SoapMethod[]): (item: { readonly prefix: string }) => boolean {
  const types = methods.flatMap(({ parameters, returns }) => [returns.type, ...parameters.map(({ type }) => type)]);
  return ({ prefix }) => types.some((type) => type.startsWith(`${prefix}:`));
}

function schema({ namespace, methods }: WebService): string {
  const used = PACKAGES.filter(isUsed([...methods.values()]));
  const imports = used.map((item) => `<xs:import namespace="${item.namespace}"/>`);
  const elements = [...methods.values()].map(({ name, parameters, returns }) => {
    const inputs = parameters.filter(({ direction }) => direction !== 'out');
    const outputs = parameters.filter(({ direction }) => direction !== 'in');
    return wrapper(name, inputs) + wrapper(`${name}Response`, [{ name: 'return', ...returns }, ...outputs]);
  });
  return (
    `<xs:schema targetNamespace="${namespace}" attributeFormDefault="unqualified" elementFormDefault="qualified">` +
    `${imports.join('')}${elements.join('')}</xs:schema>`
  );
}

type Member = { readonly name: string; readonly type: SoapType; readonly isNillable: boolean };

function wrapper(name: string, members: readonly Member[]): string {
  const items = members.map(({ name: member, type, isNillable }) => {
    const nillable = isNillable ? ' nillable="true"' : '';
    return `<xs:element name="${member}" type="${type.includes(':') ? type : `xs:${type}`}"${nillable}/>`;
  });
  return `<xs:element name="${name}"><xs:complexType><xs:sequence>${items.join('')}</xs:sequence></xs:complexType></xs:element>`;
}

function messages({ name }: SoapMethod): string[] {
  return [
    `<message name="${name}RequestMessage"><part name="parameters" element="tns:${name}"/></message>`,
    `<message name="${name}ResponseMessage"><part name="parameters" element="tns:${name}Response"/></message>`,
  ];
}

function portOperation({ name }: SoapMethod): string {
  return (
    `<operation name="${name}"><input name="${name}Request" message="tns:${name}RequestMessage"/>` +
    `<output name="${name}Response" message="tns:${name}ResponseMessage"/></operation>`
  );
}

function binding({ name, namespace, methods }: WebService, suffix: string, prefix: string): string {
  const operations = [...methods.keys()].map(
    (method) =>
      `<operation name="${method}"><${prefix}:operation style="document" soapAction="${namespace}#${name}:${method}"/>` +
      `<input><${prefix}:body use="literal"/></input><output><${prefix}:body use="literal"/></output></operation>`,
  );
  return (
    `<binding name="${name}${suffix}Binding" type="tns:${name}PortType">` +
    `<${prefix}:binding style="document" transport="${TRANSPORT}"/>${operations.join('')}</binding>`
  );
}

function port(name: string, suffix: string, prefix: string, location: string): string {
  return (
    `<port name="${name}${suffix}" binding="tns:${name}${suffix}Binding">` +
    `<${prefix}:address location="${xmlText(location)}"/></port>`
  );
}
