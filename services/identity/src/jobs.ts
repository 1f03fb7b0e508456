import type { Job } from '@atende/service';
import { forgetOldMail } from './account/mail-retention.ts';
import { answerResets } from './account/password-reset.ts';
import { keepSealed } from './audit/sealing.ts';
import type { IdentityDeps } from './identity-context.ts';
import { forgetImports } from './import/contact-import.ts';
import { forgetSessions } from './session/session-retention.ts';
import { forgetAttempts } from './session/sign-in-delay.ts';

export const jobs: Job<IdentityDeps>[] = [
  { name: 'seal the audit log', everyMs: 1_000, run: keepSealed },
  { name: 'answer password resets', everyMs: 500, run: ({ em, clock, deps }) => answerResets(em, clock.now(), deps.portalUrl) },
  {
    name: 'forget what is over',
    everyMs: 600_000, // 10 minutes
    run: async ({ em, clock }) => {
      const now = clock.now();
      await forgetAttempts(em, now);
      await forgetSessions(em, now);
      await forgetOldMail(em, now);
      await forgetImports(em, now);
    },
  },
];
