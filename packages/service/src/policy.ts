import { Extensions } from 'type-graphql';
import { hasRole, isSignedIn, isStaff, type KeyScope, type Viewer } from './viewer.ts';

/**
 * Who may obtain an object of a type (its row is given), or ask a root field (row is undefined).
 * Checked where an object is obtained: root field, reference, relation. Refused objects are absent.
 */
// biome-ignore lint/suspicious/noExplicitAny: a policy is stored beside policies of other rows; each call site is typed by its own row
export interface Policy<Row = any> {
  name: string;
  allows(viewer: Viewer, row: Row): boolean;
  /** Why anybody may see it; only public policies have one, and the list of them is printed for review. */
  publicBecause?: string;
}

export const policy = <Row>(name: string, allows: (viewer: Viewer, row: Row) => boolean): Policy<Row> => ({ name, allows });

/** For everybody, signed in or not. It needs a reason. */
export const publicPolicy = (reason: string): Policy => ({ name: 'public', allows: () => true, publicBecause: reason });

/** A part of an object that was already admitted: a payload, an edge, a value object, a reference another service decides. */
export const withItsParent = policy('withItsParent', () => true);
export const signedIn = policy('signedIn', (viewer) => isSignedIn(viewer) && viewer.roles.length > 0);
/** Also who has no role yet: whose password somebody else chose, and who may do nothing but change it. */
export const withSession = policy('withSession', isSignedIn);
export const staffOnly = policy('staffOnly', isStaff);
export const supervisorOnly = policy('supervisorOnly', (viewer) => hasRole(viewer, 'SUPERVISOR'));
export const gatewayOnly = policy('gatewayOnly', (viewer) => viewer.kind === 'GATEWAY');

/** The scope with which an API key may use a mutation. One that names none is for people who signed in; queries need READ. */
export const ForKeys = (scope: KeyScope): MethodDecorator => Extensions({ keyScope: scope }) as never;

/** States the policy of a type, of a root field, or a stricter one of a single field. */
export const Guard = (stated: Policy): ClassDecorator & MethodDecorator & PropertyDecorator => Extensions({ policy: stated }) as never;
