import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gatewaySettings } from '@atende/gateway';
import { type Settings, serviceSettings } from '@atende/service';
import { processSettings } from '@atende/service/process';
import { repositoryRoot } from './repository.ts';

/** The services that are there, by their folders. */
export const serviceNames = (): string[] =>
  readdirSync(join(repositoryRoot, 'services')).filter((name) =>
    readdirSync(join(repositoryRoot, 'services', name)).includes('package.json'),
  );

/** What a service or the gateway reads from its environment beside what every service, or every process, reads. */
export async function ownSettings(program: string): Promise<Settings> {
  if (program !== 'gateway') return (await import(`@atende/${program}`))[program].settings;
  const shared: Settings = processSettings;
  return Object.fromEntries(Object.entries(gatewaySettings).filter(([name, setting]) => setting !== shared[name]));
}

/** Everything that a service or the gateway reads from its environment. */
export async function settingsOf(program: string): Promise<Settings> {
  return program === 'gateway' ? gatewaySettings : { ...serviceSettings, ...(await ownSettings(program)) };
}
