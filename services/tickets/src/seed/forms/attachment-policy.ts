import type { AttachmentPolicy } from '../../form/form.ts';

const MIB = 1024 * 1024;

// Counts and sizes are ours.
export const anySafeType: AttachmentPolicy = { extensions: null, archivesOnly: false, maxFiles: 10, maxBytes: 50 * MIB };

export const archivesOnly: AttachmentPolicy = { extensions: ['zip', 'rar'], archivesOnly: true, maxFiles: 10, maxBytes: 200 * MIB };
