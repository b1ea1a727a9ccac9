/** Published versions of the service `Exchange`, by name and by the alias of its address (1c.md 2.4). */
export const EXCHANGE_VERSIONS: readonly string[] = [
  ...['Exchange', 'Exchange_2_0_1_6', 'Exchange_3_0_1_1', 'Exchange_3_0_2_1', 'Exchange_3_0_2_2'],
];

const NODE = 'ExchangePlanName, NodeCode';
const MESSAGE = 'ExchangePlanName, InfobaseNodeCode';
const TRANSFER = '&ContinuousOperation: boolean?, &Operation: string?, ContinuousOperationAllowed: boolean';

/** Methods of every version. `@` stands for the data area, which versions from 3.0.2.1 on ask for. */
const COMMON: readonly string[] = [
  `Upload(${MESSAGE}@) -> string?; ExchangeMessageStorage: v8:ValueStorage`,
  `Download(${MESSAGE}, ExchangeMessageStorage: v8:ValueStorage@) -> string?`,
  `UploadData(${NODE}, &FileID: string?, ${TRANSFER}@) -> string?`,
  `DownloadData(${NODE}, FileID, ${TRANSFER}@) -> string?`,
  'GetContinuousOperationStatus(OperationID@) -> string?; ErrorMessageString?',
  'PrepareGetFile(FileId: v8:UUID, BlockSize: decimal@) -> string?; TransferId: v8:UUID, PartQuantity: integer',
  'GetFilePart(TransferId: v8:UUID, PartNumber: int@) -> string?; PartData: base64Binary',
  'ReleaseFile(TransferId: v8:UUID) -> string?',
  'PutFilePart(TransferId: v8:UUID, PartNumber: int, PartData: base64Binary@) -> string?',
  'SaveFileFromParts(TransferId: v8:UUID, PartQuantity: int@) -> string?; FileId: v8:UUID',
  'Ping() -> string?',
  `TestConnection(${NODE}@) -> boolean; Result?`,
];

/** What version 3.0.1.1 brought. */
const NODES: readonly string[] = [
  'CreateExchangeNode(Parameters: v8:Structure@) -> string?',
  `RemoveExchangeNode(ExchangePlanName, NodeID@) -> string?`,
  'PutMessageForDataMatching(ExchangePlanName, NodeID, FileID@) -> string?',
];

/** What version 3.0.2.1 brought: exchange between the areas of one service. */
const INTERNAL: readonly string[] = [
  `UploadDataInt(${NODE}, TaskID@) -> string?`,
  `DownloadDataInt(${NODE}, TaskID, FileID@) -> string?`,
  'ChangeNodeTransportToWSInt(Parameters: v8:Structure@) -> string?',
  'Callback(TaskID, Error: string?@) -> string?',
  'TaskStatus(TaskID) -> string?',
  'StopTasks(TasksID: v8:Array@) -> string?',
];

/** Lines of the methods one version has; see `soapMethod`. */
export function exchangeMethods(version: string): string[] {
  const number = version.replace(/\D+/g, '');
  const hasAreas = number >= '3021';
  const parameters =
    number < '3011'
      ? `GetIBParameters(${NODE}) -> string; ErrorMessage?`
      : `GetIBParameters(${NODE}@${number >= '3022' ? ', AdvancedOptions: v8:Structure?' : ''}) -> v8:Structure; ErrorMessage?`;
  const lines = [...COMMON, parameters, ...(number < '3011' ? [] : NODES), ...(hasAreas ? INTERNAL : [])];
  return lines.map((line) => line.replace('@', hasAreas ? ', Zone: integer' : ''));
}
