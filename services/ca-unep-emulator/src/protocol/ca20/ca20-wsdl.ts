import { xmlEscapeAttribute } from '@poligon/pki';
import {
  CA20_ACTION_PREFIX,
  CA20_CONTRACT,
  CA20_NAMESPACE,
  CA20_OPERATIONS,
  CA20_SERVICE,
  type Ca20Names,
  type Ca20Operation,
  type Ca20Type,
} from './ca20-contract.js';

const OPERATIONS: readonly [string, Ca20Operation][] = Object.entries(CA20_OPERATIONS);
const BINDING = `BasicHttpBinding_${CA20_CONTRACT}`;
const SPACES =
  `xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" ` +
  `xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${CA20_NAMESPACE}"`;

/** The whole description in one file, as `?singleWsdl` gives it. @param location address of the service */
export function ca20Wsdl(location: string, names: Ca20Names): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<wsdl:definitions name="${CA20_SERVICE}" targetNamespace="${CA20_NAMESPACE}" ${SPACES}>`,
    `<wsdl:types>${schema(names)}</wsdl:types>`,
    ...OPERATIONS.map(([name]) => messages(name)),
    `<wsdl:portType name="${CA20_CONTRACT}">${OPERATIONS.map(([name]) => portOperation(name)).join('')}</wsdl:portType>`,
    `<wsdl:binding name="${BINDING}" type="tns:${CA20_CONTRACT}">`,
    '<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>',
    ...OPERATIONS.map(([name]) => boundOperation(name)),
    '</wsdl:binding>',
    `<wsdl:service name="${CA20_SERVICE}"><wsdl:port name="${CA20_SERVICE}Endpoint" binding="tns:${BINDING}">`,
    `<soap:address location="${xmlEscapeAttribute(location)}"/></wsdl:port></wsdl:service></wsdl:definitions>`,
  ].join('');
}

function schema(names: Ca20Names): string {
  const wrappers = OPERATIONS.map(([name, { inputs, outputs, hasResult }]) => {
    const result = hasResult ? [member(`${name}Result`, 'string')] : [];
    const all = (parameters: Ca20Operation['inputs']) => parameters.map(({ role, type }) => member(names[role], type));
    return wrapper(name, all(inputs)) + wrapper(`${name}Response`, [...result, ...all(outputs)]);
  });
  const information = wrapper('ErrorInfo', [member('ErrorCode', 'string'), member('ErrorMessage', 'string')]);
  return (
    `<xs:schema elementFormDefault="qualified" targetNamespace="${CA20_NAMESPACE}">` +
    `${wrappers.join('')}${information}</xs:schema>`
  );
}

const wrapper = (name: string, members: readonly string[]): string =>
  `<xs:element name="${name}"><xs:complexType><xs:sequence>${members.join('')}</xs:sequence></xs:complexType></xs:element>`;

const member = (name: string, type: Ca20Type): string =>
  `<xs:element minOccurs="0" name="${name}"${type === 'string' ? ' nillable="true"' : ''} type="xs:${type}"/>`;

const messages = (name: string): string =>
  ['InputMessage', 'OutputMessage', 'ErrorInfoFault_FaultMessage']
    .map((kind) => {
      const part = kind.startsWith('Error') ? 'detail' : 'parameters';
      const element = { InputMessage: name, OutputMessage: `${name}Response` }[kind] ?? 'ErrorInfo';
      return `<wsdl:message name="${CA20_CONTRACT}_${name}_${kind}"><wsdl:part name="${part}" element="tns:${element}"/></wsdl:message>`;
    })
    .join('');

function portOperation(name: string): string {
  const message = (kind: string): string => `message="tns:${CA20_CONTRACT}_${name}_${kind}"`;
  const action = `${CA20_ACTION_PREFIX}${name}`;
  return (
    `<wsdl:operation name="${name}"><wsdl:input wsaw:Action="${action}" ${message('InputMessage')}/>` +
    `<wsdl:output wsaw:Action="${action}Response" ${message('OutputMessage')}/>` +
    `<wsdl:fault wsaw:Action="${action}ErrorInfoFault" name="ErrorInfoFault" ${message('ErrorInfoFault_FaultMessage')}/></wsdl:operation>`
  );
}

const boundOperation = (name: string): string =>
  `<wsdl:operation name="${name}"><soap:operation soapAction="${CA20_ACTION_PREFIX}${name}" style="document"/>` +
  '<wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>' +
  '<wsdl:fault name="ErrorInfoFault"><soap:fault name="ErrorInfoFault" use="literal"/></wsdl:fault></wsdl:operation>';
