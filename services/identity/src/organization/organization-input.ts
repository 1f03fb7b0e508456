import { ErrorCode, type Fault, isLine } from '@atende/service';
import { contactFaults, faultsUnder } from '../contact/contact-input.ts';
import { isCountry } from './country.ts';

const MOST = { environments: 20, entitlements: 100 };
/** Longest texts, in characters. */
const MAX = { legalName: 200, environment: 120, address: 300 };
const CODE = /^[A-Z0-9]{2,12}$/;
const ENTITLEMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

interface Reachable {
  name: string;
  email: string;
  phone?: string | null;
}

interface Typed {
  code?: string;
  legalName?: string | null;
  country?: string | null;
  entitlements?: string[] | null;
  accountExecutive?: Reachable | null;
  environments?: { name: string; address?: string | null }[] | null;
  administrator?: Reachable & { language?: string | null };
}

/** Everything that is wrong with what was typed about an organization, at once. What is absent is not judged. */
export function organizationFaults(typed: Typed): Fault[] {
  const { code, legalName, country, entitlements, accountExecutive, environments, administrator } = typed;
  return [
    ...(code === undefined || CODE.test(code) ? [] : [bad('code')]),
    ...(legalName === undefined ? [] : lineFaults(legalName ?? '', MAX.legalName, 'legalName')),
    ...(country === undefined || isCountry(country ?? '') ? [] : [bad('country')]),
    ...(entitlements ? entitlementFaults(entitlements) : []),
    ...(accountExecutive ? faultsUnder(['input', 'accountExecutive'], contactFaults(accountExecutive)) : []),
    ...(environments ? environmentFaults(environments) : []),
    ...(administrator ? faultsUnder(['input', 'administrator'], contactFaults(administrator)) : []),
  ];
}

const bad = (...path: string[]): Fault => ({ code: ErrorCode.BAD_USER_INPUT, field: ['input', ...path] });
const tooMany = (field: string, max: number): Fault => ({ code: ErrorCode.TOO_MANY, field: ['input', field], params: { max } });

function lineFaults(text: string, max: number, ...path: string[]): Fault[] {
  const field = ['input', ...path];
  if (text.trim() === '') return [{ code: ErrorCode.REQUIRED, field }];
  if (text.length > max) return [{ code: ErrorCode.TOO_LONG, field, params: { max, length: text.length } }];
  return isLine(text, max) ? [] : [bad(...path)];
}

function entitlementFaults(entitlements: string[]): Fault[] {
  if (entitlements.length > MOST.entitlements) return [tooMany('entitlements', MOST.entitlements)];
  return entitlements.every((entitlement) => ENTITLEMENT.test(entitlement)) ? [] : [bad('entitlements')];
}

function environmentFaults(environments: NonNullable<Typed['environments']>): Fault[] {
  if (environments.length > MOST.environments) return [tooMany('environments', MOST.environments)];
  return environments.flatMap(({ name, address }, at) => [
    ...lineFaults(name, MAX.environment, 'environments', String(at), 'name'),
    ...(address ? lineFaults(address, MAX.address, 'environments', String(at), 'address') : []),
  ]);
}
