/** The answer every server gives: 1,024 bytes. */
export const BODY = JSON.stringify({ status: 'ok', padding: 'x'.repeat(1024 - 29) });
