import { BadConfiguration } from '@atende/service';
import { z } from 'zod';
import { requestMail } from '../account/mail.ts';
import { voidTokens } from '../account/one-time-token.ts';
import { Person } from '../account/person.ts';
import { actOf, email, read, type Work } from '../command-line.ts';
import { factorOf } from './otp.ts';

/** `turn-off-second-factor`: the way back for who lost their app and their recovery codes, once somebody has made sure of them. */
export async function turnOffSecondFactor(work: Work): Promise<string> {
  const { em, now, config } = work;
  const { email: login } = read('turn-off-second-factor', z.object({ email }), work.given);
  const person = await em.findOne(Person, { email: login });
  const factor = person && (await factorOf(em, person.id));
  if (!factor) throw new BadConfiguration(`${login} has no second factor.`);
  const act = actOf(work);
  factor.turnOff(act);
  em.remove(factor);
  await voidTokens(em, factor.personId, ['RECOVERY'], now);
  requestMail(em, act, { kind: 'SECOND_FACTOR_OFF', to: person, portalUrl: config.PORTAL_URL });
  return `${login} signs in by the password alone.`;
}
