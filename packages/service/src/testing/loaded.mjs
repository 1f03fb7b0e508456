// `node --import ./loaded.mjs`: at its end the process tells which packages of OpenTelemetry it has loaded, as a line of its log.
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded = new Set();

registerHooks({
  load(url, context, next) {
    const [, name] = /node_modules\/(@opentelemetry\/[^/]+)\//.exec(url) ?? [];
    if (name) loaded.add(name);
    return next(url, context);
  },
});

process.on('exit', () => writeSync(1, `${JSON.stringify({ level: 30, msg: 'loaded', packages: [...loaded].sort() })}\n`));
