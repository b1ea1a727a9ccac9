/** Whole bytes without leading zero bytes, upper case: however other tools print a serial number. @param serial hex, colons or not */
export function canonicalSerial(serial: string): string {
  const significant = serial.replaceAll(':', '').toUpperCase().replace(/^0+/, '');
  return significant.length % 2 === 0 ? significant : `0${significant}`;
}
