import js from '@eslint/js';
import ts from 'typescript-eslint';

const clockMessage = 'inject Clock, Random or Ids from emulator-kit';
const DIRECT_CLOCK = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: clockMessage },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: clockMessage },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'read the environment in config.ts only',
  },
];
const tooMany = 'at most 4 parameters';
/** A constructor's parameters are its injected parts, not arguments anybody passes by position: they may be 8. */
const PARAMETERS = [
  { selector: 'FunctionDeclaration[params.length>4]', message: tooMany },
  { selector: 'ArrowFunctionExpression[params.length>4]', message: tooMany },
  { selector: ":not(MethodDefinition[kind='constructor']) > FunctionExpression[params.length>4]", message: tooMany },
  {
    selector: "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>8]",
    message: 'at most 8 injected parts',
  },
];
/** Import boundaries: a path that leaves the folder for another service, for a program, or for what only tests may use. */
const SERVICE = {
  regex: '(^|/)services/|^(\\.\\./)+[a-z0-9-]+-(emulator|stub|reference)/',
  message: 'a service is never imported by a library or by another service',
};
const PROGRAM = {
  regex: '^(\\.\\./)+(load|stand|bench|fuzz)/',
  message: 'load, stand, bench and fuzz are never imported',
};
const TESTING = { regex: '^@poligon/testing$|libs/testing/', message: 'libs/testing is for tests only' };
const DOMAIN = {
  regex: '^(?!(\\./|@poligon/people$|@poligon/pki$|node:))',
  message: 'domain imports only ./ , @poligon/people, @poligon/pki and node:',
};
const noImport = (patterns) => ['error', { patterns }];

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'runs/**', 'data/**', 'coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ['error', 10],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...DIRECT_CLOCK, ...PARAMETERS],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: [
      'libs/emulator-kit/src/runtime/**/*.ts',
      '**/config.ts',
      '**/*.spec.ts',
      '**/*.e2e-spec.ts',
      'libs/testing/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...PARAMETERS] },
  },
  {
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts', '**/test/**/*.ts', 'libs/testing/**/*.ts', '**/*-contract.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/testing/**'],
    rules: { 'no-restricted-imports': noImport([TESTING, SERVICE, PROGRAM]) },
  },
  {
    files: ['services/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': noImport([TESTING, SERVICE, PROGRAM]) },
  },
  {
    files: ['load/src/**/*.ts', 'stand/src/**/*.ts', 'bench/src/**/*.ts', 'fuzz/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': noImport([TESTING]) },
  },
  {
    files: ['services/*/test/**/*.ts', 'services/*/src/**/*.spec.ts'],
    rules: { 'no-restricted-imports': noImport([SERVICE]) },
  },
  {
    files: ['services/*/src/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': noImport([DOMAIN, TESTING, SERVICE, PROGRAM]) },
  },
);
