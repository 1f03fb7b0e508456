// The door @atende/gateway/registry: what tests and tools of the whole house take of a registry.

export { DirectoryRegistry } from './directory-registry.ts';
export { HttpRegistry } from './http-registry.ts';
export { type Draft, digestOf, type Publication } from './publication.ts';
export { publishAll } from './publish.ts';
export type { Newest, Registry } from './registry.ts';
export { parseRegistryConfig } from './registry-config.ts';
export { type RegistryProcess, startRegistry } from './registry-process.ts';
