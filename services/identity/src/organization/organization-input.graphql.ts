import { Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Contract, Plan } from './entitlements.ts';
import { ContractEnum, EnvironmentKindEnum, OrganizationFace, PlanEnum } from './organization.graphql.ts';
import type { Organization, OrganizationEnvironment } from './organization.ts';

@InputType('AccountExecutiveInput', { description: 'Who looks after an organization at the vendor.' })
export class AccountExecutiveInput {
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { description: 'E-mail address.' })
  email: string;
  @Field(() => String, { nullable: true, description: 'Phone number.' })
  phone?: string | null;
}

@InputType('OrganizationEnvironmentInput', { description: 'One installation of the products an organization uses.' })
export class OrganizationEnvironmentInput {
  @Field(() => EnvironmentKindEnum, { description: 'What it is for.' })
  kind: OrganizationEnvironment['kind'];
  @Field(() => String, { description: 'What it is called.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'Where it is reached, or where it runs.' })
  address?: string | null;
}

@InputType('FirstAdministratorInput', { description: 'The first portal administrator; the person gets an e-mail.' })
export class FirstAdministratorInput {
  @Field(() => String, { description: 'E-mail address; it is the login.' })
  email: string;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'Phone number.' })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: 'Language of a person new to the portal: pt-BR, en or es.' })
  language?: string | null;
}

@InputType('CreateOrganizationInput', { description: 'A new client, and who administers it.' })
export class CreateOrganizationInput {
  @Field(() => String, { description: 'The caller’s own key of this call: the same key and input give the same organization.' })
  clientKey: string;
  @Field(() => String, { description: 'The client code: 2 to 12 capitals and digits. It never changes.' })
  code: string;
  @Field(() => String, { description: 'Legal name (razão social).' })
  legalName: string;
  @Field(() => String, { description: 'Country, ISO 3166 alpha-2.' })
  country: string;
  @Field(() => PlanEnum, { description: 'Plan.' })
  plan: Plan;
  @Field(() => Boolean, { nullable: true, description: 'A managed-service client; no when absent.' })
  bso?: boolean | null;
  @Field(() => [ContractEnum], { nullable: true, description: 'What it has signed beside the plan.' })
  contracts?: Contract[] | null;
  @Field(() => [String], { nullable: true, description: 'Request types, and PHONE; those of the plan and the contracts when absent.' })
  entitlements?: string[] | null;
  @Field(() => AccountExecutiveInput, { nullable: true, description: 'Who looks after it at the vendor.' })
  accountExecutive?: AccountExecutiveInput | null;
  @Field(() => [OrganizationEnvironmentInput], { nullable: true, description: 'Its environments, 20 at most.' })
  environments?: OrganizationEnvironmentInput[] | null;
  @Field(() => FirstAdministratorInput, { description: 'Who administers it first.' })
  administrator: FirstAdministratorInput;
}

@InputType('UpdateOrganizationInput', { description: 'Changes of a client; what is absent stays as it is.' })
export class UpdateOrganizationInput {
  @Field(() => ID, { description: 'The organization.' })
  organizationId: string;
  @Field(() => Int, { nullable: true, description: 'The version the change is based on: another one is a CONFLICT.' })
  expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: 'Legal name (razão social).' })
  legalName?: string | null;
  @Field(() => String, { nullable: true, description: 'Country, ISO 3166 alpha-2.' })
  country?: string | null;
  @Field(() => PlanEnum, { nullable: true, description: 'Plan. Entitlements that were the usual ones follow it.' })
  plan?: Plan | null;
  @Field(() => Boolean, { nullable: true, description: 'A managed-service client.' })
  bso?: boolean | null;
  @Field(() => [ContractEnum], { nullable: true, description: 'What it has signed beside the plan.' })
  contracts?: Contract[] | null;
  @Field(() => [String], { nullable: true, description: 'Request types, and PHONE.' })
  entitlements?: string[] | null;
  @Field(() => AccountExecutiveInput, { nullable: true, description: 'Who looks after it at the vendor; null: nobody.' })
  accountExecutive?: AccountExecutiveInput | null;
  @Field(() => [OrganizationEnvironmentInput], { nullable: true, description: 'Its environments, 20 at most.' })
  environments?: OrganizationEnvironmentInput[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Is a client. When it is none any more, its contacts act for it no more, at once.' })
  active?: boolean | null;
}

@ObjectType('OrganizationPayload', { description: 'The organization after a change, or why there was none.' })
@Guard(withItsParent)
export class OrganizationPayload {
  @Field(() => OrganizationFace, { nullable: true, description: 'The organization as it is now.' })
  organization: Organization | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}
