import { latinText } from './latin-text.js';

it.each([
  ['Код подписи: 1234', 'Kod podpisi: 1234'],
  ['HR-Link № 5', 'HR-Link № 5'],
])('writes %s as %s', (text, latin) => {
  expect(latinText(text)).toBe(latin);
});
