import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ProtocolError } from '@poligon/emulator-kit';
import { catchError, throwError, type Observable } from 'rxjs';
import { Refusal } from '../domain/refusal.js';

/** Turns refusals of the domain into the error entry of the same name in the catalogue of the operation's protocol. */
@Injectable()
export class RefusalInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((failure: unknown) => throwError(() => inProtocol(failure))));
  }
}

function inProtocol(failure: unknown): unknown {
  if (!(failure instanceof Refusal)) return failure;
  const { code, message: text, retryAfterSeconds } = failure;
  return new ProtocolError(code, { text, retryAfterSeconds });
}
