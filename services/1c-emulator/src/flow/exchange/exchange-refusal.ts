/** A data exchange refuses in words of 1C (1c.md 3, SOAP); the service decides how they travel. */
export class ExchangeRefusal extends Error {
  override readonly name = 'ExchangeRefusal';
}

export const EXCHANGE_TEXTS = {
  noNode: 'Заданный узел плана обмена не найден. Обратитесь к администратору приложения.',
  updating: 'Синхронизация данных временно недоступна в связи с обновлением приложения.',
  noFileId: 'Не указан идентификатор загружаемого файла.',
  emptyArchive: 'Файл архива не содержит данных.',
  notArchive: 'Файл не является архивом или поврежден.',
  noPart: 'Часть файла с указанным номером не найдена.',
  canceled: 'Фоновое задание отменено.',
  noFile: 'Файл с указанным идентификатором не найден.',
  tooLarge: 'Превышен допустимый размер файла обмена.',
  notMessage: 'Формат сообщения обмена не распознан.',
  alreadyLoaded: (number: number) => `Сообщение обмена с номером ${number} уже было загружено.`,
  wrongAddress: 'Сообщение обмена предназначено для другого узла.',
} as const;
