import { Guard, roles, type Viewer } from '@atende/service';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { asEnum } from '../enum.ts';
import { type Permission, permissions } from './permission.ts';
import { isViewer } from './viewer.policy.ts';

export const RoleEnum = asEnum(roles);
registerEnumType(RoleEnum, { name: 'Role', description: 'What a person is.' });
export const PermissionEnum = asEnum(Object.keys(permissions) as Permission[]);
registerEnumType(PermissionEnum, { name: 'Permission', description: 'What a front end may offer.' });

@ObjectType('Viewer', { description: 'Who asks, and what they may do.' })
@Guard(isViewer)
export class ViewerFace implements Pick<Viewer, 'roles'> {
  @Field(() => [RoleEnum], { description: 'What they are.' })
  roles: Viewer['roles'];
}
