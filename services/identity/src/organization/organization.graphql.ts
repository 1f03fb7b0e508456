import { enumOf, Guard, NodeFace, PageInfoFace, withItsParent } from '@atende/service';
import { Directive, Field, InputType, Int, ObjectType } from 'type-graphql';
import { contracts, plans } from './entitlements.ts';
import { seesOrganization } from './organization.policy.ts';
import type { AccountExecutive, Organization, OrganizationEnvironment } from './organization.ts';
import { environmentKinds } from './organization.ts';

export const PlanEnum = enumOf(plans, 'OrganizationPlan', 'What an organization has signed for.');
export const ContractEnum = enumOf(contracts, 'OrganizationContract', 'What beside the plan an organization has signed.');
export const EnvironmentKindEnum = enumOf(environmentKinds, 'OrganizationEnvironmentKind', 'What an environment is for.');

@ObjectType('AccountExecutive', { description: 'Who looks after an organization at the vendor.' })
@Guard(withItsParent)
export class AccountExecutiveFace implements AccountExecutive {
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { description: 'E-mail address.' })
  email: string;
  @Field(() => String, { nullable: true, description: 'Phone number.' })
  phone: string | null;
}

@ObjectType('OrganizationEnvironment', { description: 'One installation of the products an organization uses.' })
@Guard(withItsParent)
export class OrganizationEnvironmentFace implements OrganizationEnvironment {
  @Field(() => EnvironmentKindEnum, { description: 'What it is for.' })
  kind: OrganizationEnvironment['kind'];
  @Field(() => String, { description: 'What it is called.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'Where it is reached, or where it runs.' })
  address: string | null;
}

@ObjectType('Organization', { implements: NodeFace, description: 'A client of the vendor.' })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "org")')
@Guard(seesOrganization)
export class OrganizationFace
  extends NodeFace
  implements
    Pick<
      Organization,
      | 'id'
      | 'version'
      | 'code'
      | 'legalName'
      | 'country'
      | 'plan'
      | 'bso'
      | 'contracts'
      | 'entitlements'
      | 'accountExecutive'
      | 'environments'
      | 'active'
    >
{
  @Field(() => Int, { description: 'Grows with every change; updateOrganization takes it as expectedVersion.' })
  version: number;
  @Field(() => String, { description: 'The client code: short and unique.' })
  code: string;
  @Field(() => String, { description: 'Legal name (razão social).' })
  legalName: string;
  @Field(() => String, { description: 'Country, ISO 3166 alpha-2.' })
  country: string;
  @Field(() => PlanEnum, { description: 'Plan.' })
  plan: Organization['plan'];
  @Field(() => Boolean, { description: 'A managed-service client.' })
  bso: boolean;
  @Field(() => [ContractEnum], { description: 'What it has signed beside the plan.' })
  contracts: Organization['contracts'];
  @Field(() => [String], { description: 'Request types its contacts may open, and PHONE.' })
  entitlements: string[];
  @Field(() => AccountExecutiveFace, { nullable: true, description: 'Who looks after it at the vendor.' })
  accountExecutive: AccountExecutive | null;
  @Field(() => [OrganizationEnvironmentFace], { description: 'Its production, homologation and test environments.' })
  environments: OrganizationEnvironment[];
  @Field(() => Boolean, { description: 'Is a client now.' })
  active: boolean;
}

@ObjectType('OrganizationEdge', { description: 'An organization in a list.' })
@Guard(withItsParent)
export class OrganizationEdge {
  @Field(() => OrganizationFace, { description: 'The organization.' })
  node: Organization;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('OrganizationConnection', { description: 'A page of organizations, by name.' })
@Guard(withItsParent)
export class OrganizationConnection {
  @Field(() => [OrganizationEdge], { description: 'The page.' })
  edges: OrganizationEdge[];
  @Field(() => PageInfoFace, { description: 'Where the page stands.' })
  pageInfo: PageInfoFace;
}

@InputType('OrganizationFilter', { description: 'Narrows a list of organizations; what is absent matches all.' })
export class OrganizationFilter {
  @Field(() => String, { nullable: true, description: 'Words of its name or code.' })
  text?: string | null;
  @Field(() => PlanEnum, { nullable: true, description: 'Of this plan.' })
  plan?: Organization['plan'] | null;
  @Field(() => Boolean, { nullable: true, description: 'Managed-service clients, or the others.' })
  bso?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Active ones, or former ones.' })
  active?: boolean | null;
}
