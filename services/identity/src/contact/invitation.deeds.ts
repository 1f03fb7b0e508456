import { ErrorCode, newId, notFound, once, Refused, RequestError, type Viewer } from '@atende/service';
import { personOf } from '../account/directory.ts';
import { actIn } from '../act.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { administers, belongsTo } from '../organization/organization.policy.ts';
import { Organization } from '../organization/organization.ts';
import { asLogin } from '../text.ts';
import type { InviteContactInput } from './contact.graphql.ts';
import { Contact } from './contact.ts';
import { isLanguage } from './contact-input.ts';
import { welcome } from './welcome.ts';

/**
 * Adds a contact and wants the person told, once per clientKey. The answer is the same whether the person is new to
 * the installation, known by another organization, or has a password already.
 */
export function invite(ctx: IdentityContext, input: InviteContactInput): Promise<string> {
  const { viewer, deps, now } = ctx;
  const { clientKey, ...said } = input;
  const organizationId = organizationFor(viewer, input.organizationId ?? null);
  const { phone, scope, mayOpen, administrator, serviceManager } = input;
  const name = input.name.trim();
  const language = input.language && isLanguage(input.language) ? input.language : viewer.language;
  const id = newId('con');
  return once({ em: ctx.em, viewer, now, mutation: 'inviteContact', clientKey, input: said, id }, async (em) => {
    const draft = { email: asLogin(input.email), name, language, timeZone: input.timeZone ?? undefined };
    const listed = await personOf(deps.forWorker(), now, draft);
    if ((await em.count(Contact, { organizationId, personId: listed.person.id })) > 0)
      throw new Refused({ code: ErrorCode.EMAIL_TAKEN, field: ['input', 'email'] });
    welcome(em, actIn(em, causeOf(ctx)), {
      ...listed,
      organization: await em.findOneOrFail(Organization, { id: organizationId }),
      draft: {
        ...{ id, name, phone: phone ?? null, scope: scope ?? 'OWN' },
        ...{ mayOpen: mayOpen ?? true, administrator: administrator ?? false, serviceManager: serviceManager ?? false },
      },
      portalUrl: deps.portalUrl,
    });
  });
}

/** The organization that is meant. A foreign one is absent; in one's own, only administrators may. */
export function organizationFor(viewer: Viewer, asked: string | null): string {
  const administered = viewer.contacts.filter((contact) => contact.administrator).map((contact) => contact.organizationId);
  const organizationId = asked ?? (administered.length === 1 ? administered[0] : undefined);
  if (organizationId === undefined && administered.length > 1)
    throw new Refused({ code: ErrorCode.ORGANIZATION_REQUIRED, field: ['input', 'organizationId'] });
  if (organizationId !== undefined && administers(viewer, organizationId)) return organizationId;
  if (organizationId === undefined || belongsTo(viewer, organizationId))
    throw new RequestError(ErrorCode.FORBIDDEN, 'Only an administrator of the organization may do this.');
  throw notFound();
}
