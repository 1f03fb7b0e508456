import { enumOf, Guard, roles, type Viewer } from '@atende/service';
import { Field, ObjectType } from 'type-graphql';
import { type Permission, permissions } from './permission.ts';
import { isViewer } from './viewer.policy.ts';

export const RoleEnum = enumOf(roles, 'Role', 'What a person is.');
export const PermissionEnum = enumOf(Object.keys(permissions) as Permission[], 'Permission', 'What a front end may offer.');

@ObjectType('Viewer', { description: 'Who asks, and what they may do.' })
@Guard(isViewer)
export class ViewerFace implements Pick<Viewer, 'roles'> {
  @Field(() => [RoleEnum], { description: 'What they are.' })
  roles: Viewer['roles'];
}
