import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The application is taken in as usual and rejected with «Стоп-лист» after CHECKING. */
@FaultKind()
export class StopListFault implements Fault<Options> {
  readonly name = 'stop-list';
  readonly about = 'the request is rejected with «Стоп-лист» after its check';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
