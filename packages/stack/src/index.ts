export { type Embedded, startEmbedded } from './embedded.ts';
export { WITHOUT_BUDGETS } from './environment.ts';
export { services } from './services.ts';
export { AlreadyRunning, type Report, type Stack, type StackOptions, type StackProcess, startStack } from './stack.ts';
