import { OrganizationSaved } from '@atende/events';
import { newId, searchable, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { sqlBelongsTo } from '../rights.ts';
import { type Contract, defaultEntitlements, type Plan, withoutContract } from './entitlements.ts';

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
  accountExecutive?: AccountExecutive;
  environments?: OrganizationEnvironment[];
}

/** A client of the vendor. */
export class Organization extends OrganizationSchema.class {
  static register(act: Act, draft: OrganizationDraft): Organization {
    const { id = newId('org'), code, legalName, country, plan, bso = false, contracts = [], environments = [] } = draft;
    const entitlements = draft.entitlements ?? defaultEntitlements(plan, contracts);
    const missing = withoutContract(entitlements, contracts);
    if (missing.length > 0) throw new Error(`${code} has no contract for ${missing.join(', ')}`);
    const organization = Object.assign(new Organization(), {
      ...{ id, version: 0, code, legalName, searchName: searchable(`${legalName} ${code}`), country, plan, bso, contracts, entitlements },
      ...{ environments, accountExecutive: draft.accountExecutive ?? null, active: true, createdAt: act.now },
    });
    organization.saved(act);
    return organization;
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
export type OrganizationRow = InferEntity<typeof OrganizationSchema>;
