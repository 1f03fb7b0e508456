import { hasRole, policy } from '@atende/service';

/** The audit log is the auditors' and nobody else's, supervisors' neither: it tells of them too. */
export const auditorOnly = policy('auditorOnly', (viewer) => hasRole(viewer, 'AUDITOR'));
