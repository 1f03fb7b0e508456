import { OrganizationSaved } from '@atende/events';
import { ErrorCode, newId, Refused, searchable, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { sqlBelongsTo, sqlIsSupervisor } from '../rights.ts';
import { type Contract, defaultEntitlements, entitlementsAfter, type Plan, withoutContract } from './entitlements.ts';

/** Who looks after the organization at the vendor. */
export interface AccountExecutive {
  name: string;
  email: string;
  phone: string | null;
}

export const environmentKinds = ['PRODUCTION', 'HOMOLOGATION', 'TEST'] as const;

/** One installation of the products the organization uses. */
export interface OrganizationEnvironment {
  kind: (typeof environmentKinds)[number];
  name: string;
  /** where it is reached, or where it runs */
  address: string | null;
}

export const OrganizationSchema = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: `${sqlIsStaff} or ${sqlBelongsTo('id')}` },
    { name: 'registered', command: 'insert', check: sqlIsSupervisor },
    { name: 'changed', command: 'update', using: sqlIsSupervisor },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [
    { name: 'organization_by_name', properties: ['searchName', 'id'] },
    {
      name: 'organization_words',
      expression: 'create index "organization_words" on "organization" using gin ("search_name" gin_trgm_ops)',
    },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer(),
    /** The client code: short, unique, in capitals. */
    code: p.text().unique(),
    legalName: p.text(),
    /** Name and code as lists are sorted and searched by. */
    searchName: p.text(),
    /** ISO 3166 alpha-2. */
    country: p.text(),
    plan: p.text().$type<Plan>(),
    bso: p.boolean(),
    contracts: p.array<Contract>().columnType('text[]'),
    entitlements: p.array<string>().columnType('text[]'),
    accountExecutive: p.json<AccountExecutive>().strictNullable(),
    environments: p.json<OrganizationEnvironment[]>(),
    active: p.boolean(),
    createdAt: p.datetime(3),
  }),
});

export interface OrganizationDraft {
  id?: string;
  code: string;
  legalName: string;
  country: string;
  plan: Plan;
  bso?: boolean;
  contracts?: Contract[];
  /** those of the plan and the contracts when absent */
  entitlements?: string[];
  accountExecutive?: AccountExecutive | null;
  environments?: OrganizationEnvironment[];
}

/** What may change; the code is how everybody knows it, and stays. */
export type OrganizationChanges = Partial<Omit<OrganizationDraft, 'id' | 'code'>> & { active?: boolean };

/** A client of the vendor. */
export class Organization extends OrganizationSchema.class {
  static register(act: Act, draft: OrganizationDraft): Organization {
    const { id = newId('org'), code, legalName, country, plan, bso = false, contracts = [], environments = [] } = draft;
    const entitlements = draft.entitlements ?? defaultEntitlements(plan, contracts);
    refuseWithoutContract(entitlements, contracts);
    const organization = Object.assign(new Organization(), {
      ...{ id, version: 0, code, legalName, searchName: searchable(`${legalName} ${code}`), country, plan, bso, contracts, entitlements },
      ...{ environments, accountExecutive: draft.accountExecutive ?? null, active: true, createdAt: act.now },
    });
    organization.saved(act);
    return organization;
  }

  /**
   * Changes what is given. With another plan or other contracts, entitlements that were not said follow them. True when
   * it is a client now and was none, or the other way.
   */
  change(act: Act, changes: OrganizationChanges): boolean {
    const after = { ...this.terms, ...changes };
    const entitlements = changes.entitlements ?? entitlementsAfter(this, after);
    refuseWithoutContract(entitlements, after.contracts);
    const given = { ...changes, entitlements };
    if (!Object.entries(given).some(([key, value]) => JSON.stringify(this[key as keyof typeof given]) !== JSON.stringify(value)))
      return false;
    const isOtherNow = changes.active !== undefined && changes.active !== this.active;
    Object.assign(this, given);
    this.searchName = searchable(`${this.legalName} ${this.code}`);
    this.saved(act);
    return isOtherNow;
  }

  get terms(): Pick<Organization, 'plan' | 'contracts'> {
    return { plan: this.plan, contracts: this.contracts };
  }

  // Not #private: rows come from the database without their constructor.
  private saved(act: Act): void {
    this.version += 1;
    const { code, plan, bso, country, entitlements, active } = this;
    act.record(OrganizationSaved, {
      aggregate: this.id,
      version: this.version,
      data: { code, plan, bso, country, entitlements: [...entitlements], active },
    });
  }
}
OrganizationSchema.setClass(Organization);

function refuseWithoutContract(entitlements: string[], contracts: Contract[]): void {
  const field = ['input', 'entitlements'];
  const faults = withoutContract(entitlements, contracts).map((value) => ({ code: ErrorCode.NOT_ENTITLED, field, params: { value } }));
  if (faults.length > 0) throw new Refused(...faults);
}

export type OrganizationRow = InferEntity<typeof OrganizationSchema>;
