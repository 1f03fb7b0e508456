// The light door: what every process needs, the gateway included, without a database, GraphQL classes or a service host.

export { isApiKey, newApiKey } from './api-key.ts';
export { JetStreamBus } from './bus.jetstream.ts';
export { MemoryBus } from './bus.memory.ts';
export { type Bus, BusUnavailable, type Stop } from './bus.ts';
export { type Clock, systemClock } from './clock.ts';
export { BadConfiguration, loadConfig, parseConfig, processSettings, type Setting, type Settings, setting, type Values } from './config.ts';
export { ErrorCode, RequestError } from './errors.ts';
export { decodeCursor, encodeCursor, judge, type Reached } from './event-cursor.ts';
export { type HistogramOptions, histogram, type Spread } from './histogram.ts';
export { isId, newId } from './ids.ts';
export { type Language, languages, negotiateLanguage, type Texts } from './language.ts';
export { type Log, makeLog } from './log.ts';
export { type Probes, startProbes } from './probes.ts';
export { onEnd } from './shutdown.ts';
export { GATEWAY_ISSUER } from './token.ts';
export { readTraceparent, traceIdIn } from './trace-context.ts';
export { type Span, startTracing, type Tracer, tellTraces } from './tracing.ts';
export {
  anonymous,
  gatewayViewer,
  hasRole,
  isInScope,
  isSignedIn,
  type KeyScope,
  keyScopes,
  type Role,
  roles,
  type Viewer,
  type ViewerContact,
  viewerSchema,
} from './viewer.ts';
