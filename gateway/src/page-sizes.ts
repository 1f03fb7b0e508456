import { ErrorCode } from '@atende/service/process';
import { givenSize, type PagedField } from './operation-cost.ts';
import type { Complaint } from './refusals.ts';

/** Holds every `first` and `last` of an operation to 1–max, and asks for one of them on each connection. */
export function pageComplaint(paged: readonly PagedField[], variables: Readonly<Record<string, unknown>>, max: number): Complaint | null {
  for (const { coordinate: field, required, sizes } of paged) {
    let given = 0;
    for (const { argument, size } of sizes) {
      const value = givenSize(size, variables);
      if (value === null) continue;
      given += 1;
      if (value < 1 || value > max) return { code: ErrorCode.BAD_USER_INPUT, refusal: 'pageOutOfRange', values: { field, argument, max } };
    }
    if (required && given === 0) return { code: ErrorCode.FIRST_REQUIRED, refusal: 'firstRequired', values: { field, max } };
  }
  return null;
}
