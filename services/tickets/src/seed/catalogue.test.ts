import { demoId } from '@atende/service/ids';
import { describe, expect, it } from '@jest/globals';
import { catalogueEntrySchema } from '../catalogue/catalogue.ts';
import { catalogue } from '../form/form-testing.ts';
import { seedCatalogue } from './catalogue.ts';
import { outline } from './outline.ts';

const below = (path: string, level: string) => seedCatalogue.filter((entry) => entry.path.startsWith(`${path}/`) && entry.level === level);
const lines = seedCatalogue.filter((entry) => entry.level === 'PRODUCT');

describe('the catalogue of the seed', () => {
  it('has entries of the right shape, each path and id once, parents first', () => {
    const seen = new Set<string>();
    for (const entry of seedCatalogue) {
      expect(catalogueEntrySchema.parse(entry)).toEqual(entry);
      expect(entry.parentId === null || seen.has(entry.parentId)).toBe(true);
      expect(seen.has(entry.id)).toBe(false);
      expect(entry.id).toBe(demoId('opt', entry.path));
      seen.add(entry.id);
    }
    expect(new Set(seedCatalogue.map((entry) => entry.path)).size).toBe(seedCatalogue.length);
  });

  it('has a few hundred nodes and lists, and all countries', () => {
    const countries = seedCatalogue.filter((entry) => entry.level === 'COUNTRY');
    expect(countries).toHaveLength(249);
    expect(countries.every((entry) => entry.labels['pt-BR'] !== entry.code)).toBe(true);
    expect(seedCatalogue.length - countries.length).toBeGreaterThan(600);
  });

  it('has the product lines and value-added services of the menu, RM Labore under RM', () => {
    expect(lines.map((line) => line.labels['pt-BR']).sort()).toEqual(
      ['RM', 'Protheus', 'Datasul', 'Logix', 'Winthor', 'WMS', 'Cloud Computing', 'Datacenter', 'Infra Services', 'RMO', 'BPO RH'].sort(),
    );
    expect(catalogue.byPath('erp/rm/labore')?.parentId).toBe(catalogue.byPath('erp/rm')?.id);
  });

  it.each(lines.map((line) => [line.path]))('%s can be chosen down to a routine, with a version and an effect', (path) => {
    for (const level of ['MODULE', 'ROUTINE_GROUP']) {
      for (const node of below(path, level)) expect(seedCatalogue.some((entry) => entry.parentId === node.id)).toBe(true);
    }
    expect(below(path, 'ROUTINE').length).toBeGreaterThan(3);
    expect(below(path, 'VERSION').length).toBeGreaterThan(0);
    expect(below(path, 'EFFECT').length).toBeGreaterThan(5);
    expect(catalogue.byPath(path)?.serviceGroup).toBeTruthy();
  });

  it.each(lines.filter((line) => line.code !== 'bpo-hr').map((line) => [line.path]))(
    '%s has a production, a homologation and a test environment',
    (path) => {
      expect(below(path, 'ENVIRONMENT').map((entry) => entry.kind)).toEqual(['PRODUCTION', 'HOMOLOGATION', 'TEST']);
    },
  );

  it.each([
    ['CATEGORY', ['SERVICE_QUESTION', 'NONCONFORMITY', 'CONSULTING', 'IMPROVEMENT', 'CUSTOMIZATION']],
    ['ORIGIN', ['PRODUCTION', 'IMPLEMENTATION', 'NEW_VERSION_ANALYSIS', 'BETA_OR_PILOT']],
    ['IMPACT', ['QUESTION', 'WORKAROUND', 'NON_CRITICAL', 'CRITICAL_NO_WORKAROUND']],
    ['BUSINESS_STOPPAGE', ['NONE', 'INVOICING_STOPPED', 'SHIPPING_STOPPED']],
  ])('has the options of %s that have a meaning', (level, codes) => {
    const entries = seedCatalogue.filter((entry) => entry.level === level);
    expect(entries.map((entry) => entry.code)).toEqual(codes);
    if (level === 'CATEGORY' || level === 'IMPACT') expect(entries.every((entry) => entry.help !== null)).toBe(true);
  });
});

describe('an outline', () => {
  const top = catalogue.byPath('erp/rm');

  it('reads depth, names, aliases and service group', () => {
    const [module, routine] = top ? outline(top, ['MODULE', 'ROUTINE'], 'a | A | B | C | ~ x, y | @ group\n  b | One name') : [];
    expect(module).toMatchObject({
      path: 'erp/rm/a',
      labels: { 'pt-BR': 'A', en: 'B', es: 'C' },
      aliases: ['x', 'y'],
      serviceGroup: 'group',
    });
    expect(routine).toMatchObject({
      path: 'erp/rm/a/b',
      parentId: module?.id,
      labels: { 'pt-BR': 'One name', en: 'One name', es: 'One name' },
    });
  });

  it('refuses a line that stands deeper than anything above it', () => {
    expect(() => top && outline(top, ['MODULE'], '  a | A')).toThrow('does not reach this deep');
  });
});
