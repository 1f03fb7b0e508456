import { sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import { Person } from '../account/person.ts';

const ProviderLinkSchema = defineEntity({
  name: 'ProviderLink',
  tableName: 'provider_link',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  // Whoever gets the address of somebody who left is somebody else to the provider, and does not become them here.
  uniques: [{ name: 'provider_link_once_per_person', properties: ['issuer', 'personId'] }],
  properties: (p) => ({
    issuer: p.text().primary(),
    /** The provider's own name of the person: it outlives a change of their address. */
    subject: p.text().primary(),
    personId: () => p.manyToOne(Person).mapToPk().fieldName('person_id'),
    linkedAt: p.datetime(3),
  }),
});

/** Who somebody is to a provider, made at the first sign-in by a verified e-mail address. */
export class ProviderLink extends ProviderLinkSchema.class {}
ProviderLinkSchema.setClass(ProviderLink);
