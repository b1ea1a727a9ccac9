const alias = (name) => `<rootDir>/libs/${name}/src/index.ts`;

/** Spec files sit beside their source (`*.spec.ts`); wire tests are `*.e2e-spec.ts` in a `test/` folder. */
export default {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/libs',
    '<rootDir>/services',
    '<rootDir>/load',
    '<rootDir>/stand',
    '<rootDir>/fuzz',
    '<rootDir>/test',
  ],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@poligon/emulator-kit$': alias('emulator-kit'),
    '^@poligon/hrlink-api$': alias('hrlink-api'),
    '^@poligon/people$': alias('people'),
    '^@poligon/pki$': alias('pki'),
    '^@poligon/testing$': alias('testing'),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/tools/jest-folder.mjs',
  globalTeardown: '<rootDir>/tools/jest-folder-removal.mjs',
  testTimeout: 30_000,
  maxWorkers: 2,
  // Modules of a spec file outlive it in its worker; hundreds of files would fill the heap.
  workerIdleMemoryLimit: '1GB',
  reporters: ['default', '<rootDir>/tools/jest-summary.mjs'],
};
