import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { AdminError } from '@poligon/emulator-kit';
import { catchError, throwError, type Observable } from 'rxjs';
import { Refusal, type RefusalCode } from '../domain/refusal.js';

const STATUS: Partial<Record<RefusalCode, number>> = { not_found: 404, wrong_state: 409 };

/** Turns refusals of the domain into errors of the admin door. */
@Injectable()
export class AdminRefusalInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((failure: unknown) => {
        if (!(failure instanceof Refusal)) return throwError(() => failure);
        return throwError(() => new AdminError(STATUS[failure.code] ?? 400, failure.message));
      }),
    );
  }
}
