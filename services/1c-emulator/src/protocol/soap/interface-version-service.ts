import { xmlText } from '../xml/xml-text.js';
import type { SoapHandlers } from './soap-handlers.js';
import { WrittenXml } from './web-service.js';
import { V8_CORE } from './wsdl-packages.js';

/** Versions of programming interfaces by their names. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  EnterpriseDataExchange: ['1.0.1.1'],
  EnterpriseDataUpload: ['1.0.1.1'],
  DataExchange: ['2.0.1.6', '3.0.1.1', '3.0.2.1', '3.0.2.2'],
};

/** InterfaceVersion: which versions of an interface the infobase has (1c.md 2.4). */
export const interfaceVersionMethods: SoapHandlers = {
  GetVersions: (given) => {
    const name = given.text('InterfaceName');
    const versions = Object.hasOwn(VERSIONS, name) ? VERSIONS[name]! : [];
    const values = versions.map((version) => `<v8:Value xsi:type="xs:string">${xmlText(version)}</v8:Value>`);
    return { returns: new WrittenXml(values.join(''), `xmlns:v8="${V8_CORE}"`) };
  },
};
