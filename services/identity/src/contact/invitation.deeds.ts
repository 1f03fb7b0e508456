import { ErrorCode, newId, notFound, once, Refused, RequestError, type Viewer } from '@atende/service';
import { personOf } from '../account/directory.ts';
import { requestMail } from '../account/mail.ts';
import { issueToken } from '../account/one-time-token.ts';
import { actIn } from '../act.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { administers, belongsTo } from '../organization/organization.policy.ts';
import { asLogin } from '../text.ts';
import type { InviteContactInput } from './contact.graphql.ts';
import { Contact } from './contact.ts';
import { isLanguage } from './contact-input.ts';

/**
 * Adds a contact and wants its activation sent, once per clientKey. The answer is the same whether the person is new
 * to the installation, known by another organization, or has a password already.
 */
export function invite(ctx: IdentityContext, input: InviteContactInput): Promise<string> {
  const { viewer, deps, now } = ctx;
  const { clientKey, ...said } = input;
  const organizationId = organizationFor(viewer, input.organizationId ?? null);
  const { name, phone, scope, mayOpen, administrator, serviceManager } = input;
  const language = input.language && isLanguage(input.language) ? input.language : viewer.language;
  const id = newId('con');
  return once({ em: ctx.em, viewer, now, mutation: 'inviteContact', clientKey, input: said, id }, async (em) => {
    const draft = { email: asLogin(input.email), name: name.trim(), language, timeZone: input.timeZone ?? undefined };
    const { person, activated } = await personOf(deps.forWorker(), now, draft);
    if ((await em.count(Contact, { organizationId, personId: person.id })) > 0)
      throw new Refused({ code: ErrorCode.EMAIL_TAKEN, field: ['input', 'email'] });
    const act = actIn(em, causeOf(ctx));
    const rights = {
      scope: scope ?? 'OWN',
      mayOpen: mayOpen ?? true,
      administrator: administrator ?? false,
      serviceManager: serviceManager ?? false,
    } as const;
    em.persist(Contact.invite(act, { id, personId: person.id, organizationId, name: draft.name, phone: phone ?? null, ...rights }));
    if (activated) return;
    const opens = issueToken(em, { purpose: 'ACTIVATION', personId: person.id, organizationId, now });
    requestMail(em, act, {
      kind: 'ACTIVATION',
      to: { id: person.id, email: person.email, language: person.language, name: draft.name },
      organizationId,
      opens,
      portalUrl: deps.portalUrl,
    });
  });
}

/** The organization that is meant. A foreign one is absent; in one's own, only administrators may. */
function organizationFor(viewer: Viewer, asked: string | null): string {
  const administered = viewer.contacts.filter((contact) => contact.administrator).map((contact) => contact.organizationId);
  const organizationId = asked ?? (administered.length === 1 ? administered[0] : undefined);
  if (organizationId === undefined && administered.length > 1)
    throw new Refused({ code: ErrorCode.ORGANIZATION_REQUIRED, field: ['input', 'organizationId'] });
  if (organizationId !== undefined && administers(viewer, organizationId)) return organizationId;
  if (organizationId === undefined || belongsTo(viewer, organizationId))
    throw new RequestError(ErrorCode.FORBIDDEN, 'Only an administrator of the organization may do this.');
  throw notFound();
}
