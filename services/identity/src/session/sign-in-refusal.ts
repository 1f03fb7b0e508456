import { type Doing, ErrorCode, type Fault, Refused, recordAct } from '@atende/service';
import type { IdentityDeps } from '../identity-context.ts';

export const wrong: Fault = { code: ErrorCode.INVALID_CREDENTIALS, field: ['input'] };

/** Writes the same for somebody and for nobody: who was meant stands in the audit log, and nowhere in time. */
export async function refuseSignIn(deps: IdentityDeps, trying: Doing, subjectId: string | null, fault: Fault = wrong): Promise<never> {
  await deps.forWorker().transactional(async (em) => {
    recordAct(em, trying, { act: 'SIGN_IN', outcome: 'REFUSED', code: fault.code, subjectId });
  });
  throw new Refused(fault);
}
