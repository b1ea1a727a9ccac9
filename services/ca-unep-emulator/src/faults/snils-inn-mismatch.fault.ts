import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The application is taken in as usual and rejected with «Ошибка в данных СНИЛС/ИНН» after CHECKING. */
@FaultKind()
export class SnilsInnMismatchFault implements Fault<Options> {
  readonly name = 'snils-inn-mismatch';
  readonly about = 'the request is rejected with «Ошибка в данных СНИЛС/ИНН» after its check';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
