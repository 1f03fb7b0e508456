import { verifyAudit } from './audit/verify-audit.ts';
import { firstAdministrator } from './organization/organization.commands.ts';
import { turnOffSecondFactor } from './second-factor/second-factor.commands.ts';
import { addAnalyst, addAuditor, firstOmbudsman, removeAuditor } from './staff/staff.commands.ts';

export const commands = {
  'first-administrator': firstAdministrator,
  'add-analyst': addAnalyst,
  'first-ombudsman': firstOmbudsman,
  'add-auditor': addAuditor,
  'remove-auditor': removeAuditor,
  'turn-off-second-factor': turnOffSecondFactor,
  'verify-audit': verifyAudit,
};
