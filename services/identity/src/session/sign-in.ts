import { anonymous, ErrorCode, type Fault, recordAct } from '@atende/service';
import { Credential } from '../account/credential.ts';
import { verifyPassword } from '../account/password.ts';
import { Person } from '../account/person.ts';
import type { Cause } from '../act.ts';
import type { IdentityDeps } from '../identity-context.ts';
import { factorOf, spendOtp } from '../second-factor/otp.ts';
import { asLogin, isEmail } from '../text.ts';
import { Session } from './session.ts';
import { holdSessions } from './session-end.ts';
import { type Admission, admit, viewerIn } from './session-start.ts';
import { beginAttempt, succeedAttempt, takeBackAttempt } from './sign-in-delay.ts';
import { refuseSignIn, wrong } from './sign-in-refusal.ts';

export interface SignInAsked {
  email: string;
  password: string;
  /** Code of the second factor, or a recovery code. */
  otp?: string | null;
  address: string | null;
}

/**
 * Lets a person in by e-mail and password. Runs as the worker: row-level security knows nobody yet, and hashes are no
 * request's to read. Whoever is unknown, inactive or without a password gets the same answer for the same work as a
 * wrong password does. That a second factor is wanted is said only once the password was right.
 */
export async function signIn(deps: IdentityDeps, cause: Cause, { email, password, otp, address }: SignInAsked): Promise<Admission> {
  const { now } = cause;
  const login = asLogin(email);
  const counted = await beginAttempt(deps.forWorker(), { login, address, now });
  const em = deps.forWorker();
  const [known] = await em.execute<{ person_id: string; hash: string }[]>(
    'select person_id, hash from credential join person on person.id = person_id where email = ? and active',
    [isEmail(login) ? login : ''],
  );
  const isRight = await verifyPassword(known?.hash ?? deps.decoy, password);
  const trying = { ...cause, address, viewer: anonymous };
  if (!isRight || !known) return refuseSignIn(deps, trying, known?.person_id ?? null);
  const outcome = await em.transactional(async (starting): Promise<Admission | Fault> => {
    await holdSessions(starting, known.person_id);
    // Another hash than the one that was verified: the password was changed meanwhile.
    const credential = await starting.findOne(Credential, { personId: known.person_id, hash: known.hash });
    const person = await starting.findOneOrFail(Person, { id: known.person_id });
    const session = Session.start(now, person.id);
    const viewer = credential && (await viewerIn(starting, person, session.id, credential.mustChange));
    if (!viewer) return wrong;
    const factor = await factorOf(starting, person.id);
    if (factor && !otp?.trim()) {
      await takeBackAttempt(starting, counted);
      return { code: ErrorCode.OTP_REQUIRED, field: ['input', 'otp'] };
    }
    if (factor && !(await spendOtp(starting, deps.sealer, { factor, otp: otp ?? '', now })))
      return { code: ErrorCode.OTP_INVALID, field: ['input', 'otp'] };
    await succeedAttempt(starting, counted, now);
    recordAct(starting, { ...trying, viewer }, { act: 'SIGN_IN', subjectId: person.id });
    return admit(starting, deps.accessTokens, { session, viewer, mustChangePassword: credential.mustChange, now });
  });
  return 'accessToken' in outcome ? outcome : refuseSignIn(deps, trying, known.person_id, outcome);
}
