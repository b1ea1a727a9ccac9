import { isLoginForced, readPrompt } from './prompt.js';

describe('readPrompt', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['none', ['none']],
    ['login consent', ['login', 'consent']],
  ])('reads %p', (text, words) => {
    expect(readPrompt(text)).toEqual(words);
  });

  it.each(['none login', 'create', 'LOGIN'])('refuses "%s"', (text) => {
    expect(readPrompt(text)).toBeUndefined();
  });
});

it.each([
  ['login', true],
  ['select_account', true],
  ['consent', false],
  ['none', false],
] as const)('prompt %s forces the login: %s', (word, isForced) => {
  expect(isLoginForced([word])).toBe(isForced);
});
