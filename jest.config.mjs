const toCommonJs = (syntax) => [
  '@swc/jest',
  { jsc: { target: 'es2024', parser: { syntax } }, module: { type: 'commonjs' } },
];

// One seed for all workers, also when the day ends meanwhile.
process.env.HOLDFAST_SEED ??= new Date().toISOString().slice(0, 10);

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // They need what is not everywhere; each has a script of its own.
  testPathIgnorePatterns: ['/test/machines/', '/test/conformance/foreign/'],
  // Of the packages, commander comes as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!commander/)'],
  transform: {
    '^.+\\.[mc]?ts$': toCommonJs('typescript'),
    '/node_modules/commander/.+\\.js$': toCommonJs('ecmascript'),
  },
  reporters: ['default', '<rootDir>/test/support/suite/reporter.ts'],
  runtime: '<rootDir>/test/support/suite/runtime.mjs',
  testSequencer: '<rootDir>/test/support/suite/sequencer.mjs',
  // Long enough for a computer that is busy: it ends what hangs.
  testTimeout: 240_000,
  // Twice the two cores that these tests are made for: half of their time they wait.
  maxWorkers: 4,
};
