import { verifyAudit } from './audit/verify-audit.ts';
import { firstAdministrator } from './organization/organization.commands.ts';
import { turnOffSecondFactor } from './second-factor/second-factor.commands.ts';
import { addAnalyst, addAuditor, firstOmbudsman } from './staff/staff.commands.ts';

export const commands = {
  'first-administrator': firstAdministrator,
  'add-analyst': addAnalyst,
  'first-ombudsman': firstOmbudsman,
  'add-auditor': addAuditor,
  'turn-off-second-factor': turnOffSecondFactor,
  'verify-audit': verifyAudit,
};
