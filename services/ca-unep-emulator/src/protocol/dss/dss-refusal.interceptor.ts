import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ProtocolError } from '@poligon/emulator-kit';
import { catchError, throwError, type Observable } from 'rxjs';
import { Refusal } from '../../domain/refusal.js';

/** The sign server knows fewer errors than the authority. */
@Injectable()
export class DssRefusalInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((failure: unknown) =>
        throwError(() => {
          if (!(failure instanceof Refusal)) return failure;
          if (failure.code === 'not_found' || failure.code === 'overloaded') return new ProtocolError(failure.code);
          return new ProtocolError('enroll_is_missing');
        }),
      ),
    );
  }
}
