// Sub-path door `@atende/service/testing`: a service on a private real PostgreSQL, connected as `app`.
import 'reflect-metadata';

export { checkService } from './testing-checks.ts';
export { makeTestClock, type TestClock } from './testing-clock.ts';
export { type CollectedSpan, type Collector, startCollector } from './testing-collector.ts';
export { testDatabase } from './testing-database.ts';
export { type Answer, startTestService, type TestOptions, type TestService } from './testing-service.ts';
export { buildViewer } from './testing-viewer.ts';
