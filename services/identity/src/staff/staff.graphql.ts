import {
  enumOf,
  Guard,
  NodeFace,
  PageInfoFace,
  signedIn,
  staffOnly,
  supervisorOnly,
  type Texts,
  TextsFace,
  withItsParent,
} from '@atende/service';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type Analyst, type AnalystLevel, analystLevels } from './analyst.ts';
import { type Group, type GroupKind, groupKinds } from './group.ts';

export const AnalystLevelEnum = enumOf(analystLevels, 'AnalystLevel', 'N1 understands, completes and classifies; N2 analyses.');
export const GroupKindEnum = enumOf(groupKinds, 'GroupKind', 'What a support group is for.');

@ObjectType('Group', { implements: NodeFace, description: 'A queue of the vendor’s support.' })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "grp")')
@Guard(signedIn)
export class GroupFace extends NodeFace implements Pick<Group, 'id' | 'version' | 'code' | 'kind' | 'active' | 'names'> {
  @Field(() => Int, {
    nullable: true,
    description: 'Grows with every change, of its members too; saveGroup takes it as expectedVersion; for staff.',
  })
  @Guard(staffOnly)
  version: number;
  @Field(() => String, { description: 'Short unique name, e.g. n1-software.' })
  code: string;
  @Field(() => GroupKindEnum, { nullable: true, description: 'What it is for; for staff.' })
  @Guard(staffOnly)
  kind: GroupKind;
  @Field(() => TextsFace, { nullable: true, description: 'Name in every language; for staff.' })
  @Guard(staffOnly)
  names: Texts;
  @Field(() => Boolean, { nullable: true, description: 'Takes tickets now; for staff.' })
  @Guard(staffOnly)
  active: boolean;
}

@ObjectType('Analyst', { implements: NodeFace, description: 'Vendor staff who answers tickets. Clients see the name only.' })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "ana")')
@Guard(signedIn)
export class AnalystFace
  extends NodeFace
  implements Pick<Analyst, 'id' | 'version' | 'name' | 'level' | 'supervisor' | 'available' | 'active' | 'moduleIds'>
{
  @Field(() => Int, { nullable: true, description: 'Grows with every change; saveAnalyst takes it as expectedVersion; for staff.' })
  @Guard(staffOnly)
  version: number;
  @Field(() => String, { description: 'Name, as clients read it.' })
  name: string;
  @Field(() => ID, { nullable: true, description: 'The human being, for supervisors: what is held on it, and its anonymisation.' })
  @Guard(supervisorOnly)
  personId: string | null;
  @Field(() => AnalystLevelEnum, { nullable: true, description: 'Level; for staff.' })
  @Guard(staffOnly)
  level: AnalystLevel;
  @Field(() => Boolean, { nullable: true, description: 'Manages groups, routing, catalogue, forms, policies and reports; for staff.' })
  @Guard(staffOnly)
  supervisor: boolean;
  @Field(() => Boolean, { nullable: true, description: 'Takes new tickets now; for staff.' })
  @Guard(staffOnly)
  available: boolean;
  @Field(() => Boolean, { nullable: true, description: 'Works here now; for staff.' })
  @Guard(staffOnly)
  active: boolean;
  @Field(() => [ID], { nullable: true, description: 'Modules of expertise, entries of the catalogue; for staff.' })
  @Guard(staffOnly)
  moduleIds: string[];
}

@ObjectType('AnalystEdge', { description: 'An analyst in a list.' })
@Guard(withItsParent)
export class AnalystEdge {
  @Field(() => AnalystFace, { description: 'The analyst.' })
  node: Analyst;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('AnalystConnection', { description: 'A page of analysts, by name.' })
@Guard(withItsParent)
export class AnalystConnection {
  @Field(() => [AnalystEdge], { description: 'The page.' })
  edges: AnalystEdge[];
  @Field(() => PageInfoFace, { description: 'Where the page stands.' })
  pageInfo: PageInfoFace;
}

@InputType('AnalystFilter', { description: 'Narrows a list of analysts; what is absent matches all.' })
export class AnalystFilter {
  @Field(() => ID, { nullable: true, description: 'Members of this group.' })
  groupId?: string | null;
  @Field(() => String, { nullable: true, description: 'Words of the name.' })
  text?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Who works here now, or who did.' })
  active?: boolean | null;
}
