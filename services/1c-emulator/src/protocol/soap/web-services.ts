import { EXCHANGE_VERSIONS, exchangeMethods } from './exchange-methods.js';
import { soapMethod, type WebService } from './web-service.js';

const service = (name: string, namespace: string, lines: readonly string[], alias = name): WebService => ({
  ...{ name, namespace, alias: `${alias}.1cws` },
  methods: new Map(lines.map(soapMethod).map((method) => [method.name, method])),
});

const EXCHANGE = 'SSL/EnterpriseDataExchange_1_0_1_1';
const UPLOAD = 'SSL/EnterpriseDataUpload_1_0_1_1';
const SSL = 'http://www.1c.ru/';

/** Published web services with their methods, as their WSDL shows them (1c.md 2.4). */
export const WEB_SERVICES: readonly WebService[] = [
  service('InterfaceVersion', 'http://www.1c.ru/SaaS/1.0/WS', ['GetVersions(InterfaceName) -> v8:Array']),
  service('EnterpriseDataExchange_1_0_1_1', SSL + EXCHANGE, [
    'Ping() -> string?',
    'TestConnection(ExchangePlanName, PeerCode) -> boolean; ErrorMessage?',
    'PrepareDataForGetting(ExchangePlanName, PeerCode, PartSize: decimal) -> string?; OperationID?, ErrorMessage?',
    'PrepareDataActionResult(OperationID) -> exchange:PrepareDataOperationResult; ErrorMessage?',
    'GetDataPart(FileID, PartNumber: int) -> base64Binary?; ErrorMessage?',
    'ConfirmGettingFile(FileID, ClearDataPool: boolean) -> string?; ErrorMessage?',
    'PutFilePart(FileID, PartNumber: int?, PartData: base64Binary) -> string?; ErrorMessage?',
    'PutData(ExchangePlanName, PeerCode, FileID) -> string?; OperationID?, ErrorMessage?',
    'PutDataActionResult(OperationID) -> string; ErrorMessage?',
  ]),
  service('EnterpriseDataUpload_1_0_1_1', SSL + UPLOAD, [
    'Ping() -> string?',
    'TestConnection() -> boolean; ErrorMessage?',
    'PutFilePart(FileID, PartNumber: int?, PartData: base64Binary) -> string?; ErrorMessage?',
    'PutData(FileID) -> string?; OperationID?, ErrorMessage?',
    'PutDataActionResult(OperationID) -> string; ErrorMessage?',
  ]),
  ...EXCHANGE_VERSIONS.map((name) => service(name, `${SSL}SSL/${name}`, exchangeMethods(name), name.toLowerCase())),
  service('RemoteControl', `${SSL}SSL/RemoteControl_1_0_0_1`, ['GetCurrentState() -> string']),
];

/** A service by the last segment of its address: its name or its alias. */
export function webServiceAt(segment: string): WebService | undefined {
  return WEB_SERVICES.find(({ name, alias }) => segment === name || segment === alias);
}

/** Last part of operation names: `put-file-part` for `PutFilePart`. */
export function operationWord(method: string): string {
  return method.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** Names of the operations of all services. */
export const SOAP_OPERATIONS: readonly string[] = [
  ...new Set(WEB_SERVICES.flatMap(({ methods }) => [...methods.keys()].map((name) => `soap.${operationWord(name)}`))),
];
