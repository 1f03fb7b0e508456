import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

// The compiler's settings (tsconfig.base.json) said again for swc: legacy decorators with metadata, ES2023, and
// imports kept exactly as written, so that a class used in metadata stays imported.
const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true, useDefineForClassFields: true },
  },
};

const project = {
  rootDir: root,
  testEnvironment: 'node',
  // `source` is the door of our own packages to their TypeScript: tests need no build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.cache/', '/.data/'],
  modulePathIgnorePatterns: ['<rootDir>/.cache/'],
  haste: { enableSymlinks: false },
};

const serial = ['\\.fault\\.test\\.ts$', '\\.journey\\.test\\.ts$', '\\.bootstrap\\.test\\.ts$'];

export default {
  maxWorkers: 2,
  workerIdleMemoryLimit: '1500MB', // modules of finished tests stay in a worker; it is made anew before they fill it
  testTimeout: 20_000,
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['<rootDir>/**/*.test.ts'],
      testPathIgnorePatterns: [...project.testPathIgnorePatterns, ...serial],
      globalSetup: '<rootDir>/packages/stack/jest/global-setup.mjs',
      globalTeardown: '<rootDir>/packages/stack/jest/global-teardown.mjs',
    },
    // Whole stacks: one after the other.
    {
      ...project,
      displayName: 'faults',
      testMatch: ['<rootDir>/packages/stack/**/*.{journey,fault}.test.ts'],
      globalSetup: '<rootDir>/packages/stack/jest/demo-folder.mjs',
    },
    { ...project, displayName: 'bootstrap', testMatch: ['<rootDir>/packages/stack/**/*.bootstrap.test.ts'] },
  ],
};
