import { defineService, isId, personalData, searchResults, setting, TextsResolver } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { AccountResolver } from './account/account.resolver.ts';
import { Credential } from './account/credential.ts';
import { Mail } from './account/mail.ts';
import { OneTimeToken } from './account/one-time-token.ts';
import { decoyHash } from './account/password.ts';
import { makePasswordJudge } from './account/password-judge.ts';
import { PasswordReset } from './account/password-reset.ts';
import { Person } from './account/person.ts';
import { ProfileResolver } from './account/profile.resolver.ts';
import { sealerFrom } from './account/sealing.ts';
import { newSecret } from './account/secret.ts';
import { ApiKeyResolver, ContactKeyResolver } from './api-key/api-key.resolver.ts';
import { ApiKey } from './api-key/api-key.ts';
import { AuditResolver } from './audit/audit.resolver.ts';
import { auditConsumers } from './audit/audit-consumers.ts';
import { AuditEntry, AuditPending } from './audit/audit-entry.ts';
import { auditRights } from './audit/audit-rights.ts';
import { AuditSeal } from './audit/audit-seal.ts';
import { auditBacklogs } from './audit/sealing.ts';
import { commands } from './commands.ts';
import { ContactResolver } from './contact/contact.resolver.ts';
import { Contact } from './contact/contact.ts';
import { HelpContactResolver } from './help/help-contact.resolver.ts';
import { HelpContact } from './help/help-contact.ts';
import { HelpContactMutationResolver } from './help/help-contact-mutation.resolver.ts';
import type { IdentityDeps } from './identity-context.ts';
import { ContactImport } from './import/contact-import.ts';
import { ImportResolver } from './import/import.resolver.ts';
import { jobs } from './jobs.ts';
import { messages } from './messages.ts';
import { OrganizationResolver } from './organization/organization.resolver.ts';
import { Organization } from './organization/organization.ts';
import { OrganizationMutationResolver } from './organization/organization-mutation.resolver.ts';
import { AnonymisationResolver } from './privacy/anonymisation.resolver.ts';
import { nameOf } from './privacy/anonymous-name.ts';
import { PersonalDataResolver, PersonalIdentityResolver } from './privacy/personal-data.resolver.ts';
import { ProviderResolver } from './provider/provider.resolver.ts';
import { ProviderClient } from './provider/provider-client.ts';
import { ProviderLink } from './provider/provider-link.ts';
import { providersFrom } from './provider/provider-settings.ts';
import { SearchResolver } from './search.resolver.ts';
import { SecondFactorResolver } from './second-factor/second-factor.resolver.ts';
import { SecondFactor } from './second-factor/second-factor.ts';
import { seedDemo } from './seed/demo.ts';
import { seedInstallation } from './seed/installation.ts';
import { accessTokensFrom } from './session/access-token.ts';
import { RefreshToken } from './session/refresh-token.ts';
import { SessionResolver } from './session/session.resolver.ts';
import { Session } from './session/session.ts';
import { FamiliarAddress, SignInAttempt } from './session/sign-in-delay.ts';
import { ViewerResolver } from './session/viewer.resolver.ts';
import { Analyst } from './staff/analyst.ts';
import { Group } from './staff/group.ts';
import { ombudsmanClosure } from './staff/ombudsman-closure.ts';
import { AnalystResolver, GroupResolver } from './staff/staff.resolver.ts';
import { StaffMutationResolver } from './staff/staff-mutation.resolver.ts';

const settings = {
  ACCESS_KEY_FILE: setting(
    z.string().min(1),
    'file of the Ed25519 private key (JWK) that signs access tokens',
    '/etc/atende/access-key.json',
  ),
  SEALING_KEY_FILE: setting(
    z.string().min(1),
    'file of the private key (JWK) that encrypts secrets of second factors at rest; without it nobody who has one gets in',
    '/etc/atende/sealing-key.json',
  ),
  SIGN_IN_PROVIDERS_FILE: setting(
    z.string().min(1).optional(),
    'file of the OpenID Connect providers by which people may sign in; none: by password only',
    '/etc/atende/sign-in-providers.json',
  ),
  PORTAL_URL: setting(z.url().default('http://127.0.0.1:4000'), 'where links in mails lead', 'https://support.vendor.example'),
};

/** Organizations, contacts, analysts, groups, and how people prove who they are. */
export const identity = defineService<IdentityDeps, typeof settings>({
  name: 'identity',
  home: new URL('../', import.meta.url),
  entities: [
    ...[Organization, Person, Contact, Analyst, Group, HelpContact, ContactImport],
    ...[Credential, Session, RefreshToken, OneTimeToken, PasswordReset, Mail, SignInAttempt, FamiliarAddress, ApiKey, SecondFactor],
    ...[ProviderLink, AuditEntry, AuditPending, AuditSeal],
  ],
  resolvers: [
    OrganizationResolver,
    OrganizationMutationResolver,
    HelpContactMutationResolver,
    ContactResolver,
    ImportResolver,
    AnalystResolver,
    GroupResolver,
    StaffMutationResolver,
    TextsResolver,
    ProfileResolver,
    ViewerResolver,
    SessionResolver,
    AccountResolver,
    ApiKeyResolver,
    ContactKeyResolver,
    SecondFactorResolver,
    ProviderResolver,
    HelpContactResolver,
    SearchResolver,
    AuditResolver,
    PersonalDataResolver,
    PersonalIdentityResolver,
    AnonymisationResolver,
  ],
  references: {
    Organization: ({ em }, ids) => em.find(Organization, { id: { $in: known('org', ids) } }),
    Contact: ({ em }, ids) => em.find(Contact, { id: { $in: known('con', ids) } }),
    Analyst: ({ em }, ids) => em.find(Analyst, { id: { $in: known('ana', ids) } }),
    Group: ({ em }, ids) => em.find(Group, { id: { $in: known('grp', ids) } }),
    Person: ({ em }, ids) => em.find(Person, { id: { $in: known('per', ids) } }),
    SearchResult: searchResults,
    PersonalData: personalData,
  },
  // Who was anonymised is called so in the reader's language.
  spoken: { 'Person.name': nameOf, 'Contact.name': nameOf, 'Analyst.name': nameOf },
  consumers: auditConsumers,
  jobs,
  backlogs: auditBacklogs,
  commands,
  messages,
  settings,
  wire: async ({ config, probes, forWorker }) => {
    const accessTokens = await accessTokensFrom(config.ACCESS_KEY_FILE);
    const sealer = await sealerFrom(config.SEALING_KEY_FILE);
    probes.publish('/jwks.json', () => accessTokens.jwks);
    const development = config.ATENDE_ENV === 'development';
    const providers = await providersFrom(config.SIGN_IN_PROVIDERS_FILE, { development });
    const callback = new URL('/sign-in/callback', config.PORTAL_URL).href;
    return {
      forWorker,
      accessTokens,
      sealer,
      passwords: makePasswordJudge(),
      providers: new Map(providers.map((provider) => [provider.id, new ProviderClient(provider, callback)])),
      decoy: await decoyHash(newSecret()),
      portalUrl: config.PORTAL_URL,
      mailboxOpen: development,
    };
  },
  seed: ({ em, now }) => alone(em, (seeding) => seedInstallation(seeding, now)),
  seedDemo: ({ em, now }) => alone(em, (seeding) => seedDemo(seeding, now)),
  // Not even a policy written wrongly may show these to a request.
  rights: [
    ...auditRights,
    'revoke all on table credential, refresh_token, sign_in_attempt, familiar_address, second_factor, provider_link from identity_app',
    'revoke select, update, delete on table one_time_token, password_reset from identity_app',
    // A person writes what is theirs, never the login or what they may do.
    'revoke insert, update, delete on table person from identity_app',
    'grant update (version, name, phone, language, time_zone) on table person to identity_app',
    ...ombudsmanClosure,
  ],
});

const known = (prefix: string, ids: string[]): string[] => ids.filter((id) => isId(prefix, id));

/** Two replicas that start together seed once. */
const alone = (em: EntityManager, seed: (seeding: EntityManager) => Promise<void>): Promise<void> =>
  em.transactional(async (seeding) => {
    await seeding.execute('select pg_advisory_xact_lock(7284)');
    await seed(seeding);
  });
