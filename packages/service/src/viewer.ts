import { z } from 'zod';
import { languages } from './language.ts';

export const roles = ['CONTACT', 'ADMINISTRATOR', 'SERVICE_MANAGER', 'ANALYST', 'SUPERVISOR', 'OMBUDSMAN', 'AUDITOR'] as const;
export type Role = (typeof roles)[number];

/** What an API key may be used for, whatever its person may do beyond that. */
export const keyScopes = ['READ', 'WRITE_TICKETS', 'MANAGE_CONTACTS'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** Who asks, as the gateway's token says. Services take what a person is from here only. */
export const viewerSchema = z.object({
  kind: z.enum(['ANONYMOUS', 'PERSON', 'CLASS', 'GATEWAY']),
  personId: z.string().nullable(),
  sessionId: z.string().nullable(),
  analystId: z.string().nullable(),
  roles: z.array(z.enum(roles)),
  contacts: z.array(
    z.object({
      id: z.string(),
      organizationId: z.string(),
      scope: z.enum(['OWN', 'ORGANIZATION']),
      mayOpen: z.boolean(),
      administrator: z.boolean(),
      serviceManager: z.boolean(),
    }),
  ),
  groups: z.array(z.string()),
  language: z.enum(languages),
  /** The API key by which the person asks; null for who signed in. */
  apiKey: z
    .object({ id: z.string(), scopes: z.array(z.enum(keyScopes)) })
    .nullable()
    .default(null),
});
export type Viewer = z.infer<typeof viewerSchema>;
export type ViewerContact = Viewer['contacts'][number];

export const anonymous: Viewer = {
  kind: 'ANONYMOUS',
  personId: null,
  sessionId: null,
  analystId: null,
  roles: [],
  contacts: [],
  groups: [],
  language: 'pt-BR',
  apiKey: null,
};

/** The gateway itself, for the hidden fields that only it may ask. */
export const gatewayViewer: Viewer = { ...anonymous, kind: 'GATEWAY' };

export const hasRole = (viewer: Viewer, role: Role): boolean => viewer.roles.includes(role);
const STAFF_ROLES: Role[] = ['ANALYST', 'SUPERVISOR', 'OMBUDSMAN'];
/** Works for the vendor. */
export const isStaff = (viewer: Viewer): boolean => STAFF_ROLES.some((role) => hasRole(viewer, role));
export const isSignedIn = (viewer: Viewer): boolean => viewer.kind === 'PERSON' || viewer.kind === 'CLASS';
/** Whether the scopes of the key allow it; who signed in has no scopes to keep to. What names no scope is no key's. */
export const isInScope = ({ apiKey }: Viewer, scope: KeyScope | undefined): boolean =>
  apiKey === null || (scope !== undefined && apiKey.scopes.includes(scope));

/** The organizations whose every (unrestricted) row the viewer sees. */
export const wholeOrganizations = (viewer: Viewer): string[] =>
  viewer.contacts.filter((c) => c.scope === 'ORGANIZATION').map((c) => c.organizationId);

/**
 * The viewer as PostgreSQL's row-level security sees it: `app.*` settings of the request's transactions.
 * Lists are comma separated; an id never contains a comma.
 */
export function sessionVariables(viewer: Viewer): Record<string, string> {
  return {
    'app.kind': viewer.kind,
    'app.person': viewer.personId ?? '',
    'app.analyst': viewer.analystId ?? '',
    'app.roles': viewer.roles.join(','),
    'app.contacts': viewer.contacts.map((c) => c.id).join(','),
    'app.organizations': viewer.contacts.map((c) => c.organizationId).join(','),
    'app.administered': viewer.contacts
      .filter((c) => c.administrator)
      .map((c) => c.organizationId)
      .join(','),
    'app.whole_organizations': wholeOrganizations(viewer).join(','),
    'app.groups': viewer.groups.join(','),
  };
}

/**
 * SQL for a setting as an array, for policies. After the first SET LOCAL an unset one is '', never NULL; the sub-select
 * makes PostgreSQL evaluate it once per statement instead of once per row.
 */
export const sqlSetting = (name: string): string =>
  `(select string_to_array(nullif(current_setting('app.${name}', true), ''), ','))::text[]`;

/** SQL that is true for the service's own worker role, whatever the service is called. */
export const sqlIsWorker = "(select current_user like '%\\_worker')";

/** SQL that is true when the gateway itself asks (feeds and audiences). */
export const sqlIsGateway = "(select current_setting('app.kind', true) = 'GATEWAY')";

/** SQL that is true when the row is about the person who asks; `column` holds a person's id. */
export const sqlIsSelf = (column: string): string => `${column} = (select nullif(current_setting('app.person', true), ''))`;

/** SQL that is true when somebody of this role asks. */
export const sqlHasRole = (role: Role): string => `'${role}' = any(${sqlSetting('roles')})`;

/** SQL that is true when the vendor's staff asks. */
export const sqlIsStaff = `(${sqlSetting('roles')} && array[${STAFF_ROLES.map((role) => `'${role}'`).join(', ')}])`;
