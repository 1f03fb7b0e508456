import { ErrorCode, type Fault } from '@atende/service';
import { baseType } from './content/file-kinds.ts';
import { ACTIVE_MEDIA_TYPES } from './content/unsafe-types.ts';
import { extensionOf, nameFaults } from './file-name.ts';

/** What a form says about the files that come with it: the policy that `form.published` carries. */
export interface UploadRule {
  /** Lower case without a dot; null: any safe type. */
  extensions: string[] | null;
  archivesOnly: boolean;
  maxFiles: number;
  maxBytes: number;
}

/** For a file that comes with no form: any safe type. */
export const ruleWithoutForm: UploadRule = { extensions: null, archivesOnly: false, maxFiles: 10, maxBytes: 100 * 1024 ** 2 };

/** Where a form and the ticket it belongs to both have a rule, both hold. */
export const stricter = (a: UploadRule, b: UploadRule): UploadRule => ({
  extensions:
    a.extensions && b.extensions ? a.extensions.filter((extension) => b.extensions?.includes(extension)) : (a.extensions ?? b.extensions),
  archivesOnly: a.archivesOnly || b.archivesOnly,
  maxFiles: Math.min(a.maxFiles, b.maxFiles),
  maxBytes: Math.min(a.maxBytes, b.maxBytes),
});

/** Uploads of one person that no ticket has yet. */
const MOST_UNCLAIMED = 100;

export interface AnnouncedFile {
  fileName: string;
  size: number;
  contentType: string;
}

/** How many unclaimed uploads there are already: of the same draft, and of the person altogether. */
export interface Waiting {
  ofDraft: number;
  ofPerson: number;
}

/** What is wrong with an announced upload: everything at once, before a byte is sent. */
export function uploadFaults(file: AnnouncedFile, rule: UploadRule, waiting: Waiting): Fault[] {
  const faults: Fault[] = nameFaults(file.fileName).map((fault) => ({ ...fault, field: ['input', 'fileName'] }));
  const typeRefused = faults.some((fault) => fault.code === ErrorCode.FILE_TYPE_REFUSED);
  if (!typeRefused && !isAllowed(extensionOf(file.fileName), rule)) faults.push(typeFault(file.fileName, rule));
  faults.push(...sizeFaults(file.size, rule), ...mediaTypeFaults(file), ...countFaults(rule, waiting));
  return faults;
}

const accepted = ({ extensions, archivesOnly }: UploadRule): string[] | null => (archivesOnly ? ['zip', 'rar'] : extensions);

function isAllowed(extension: string | null, rule: UploadRule): boolean {
  const archive = !rule.archivesOnly || extension === 'zip' || extension === 'rar';
  return archive && (rule.extensions === null || (extension !== null && rule.extensions.includes(extension)));
}

const typeFault = (fileName: string, rule: UploadRule) => ({
  code: ErrorCode.FILE_TYPE_REFUSED,
  field: ['input', 'fileName'],
  params: { name: fileName, accepted: ` (${(accepted(rule) ?? []).join(', ')})` },
});

function sizeFaults(size: number, { maxBytes }: UploadRule): Fault[] {
  const field = ['input', 'size'];
  if (!Number.isSafeInteger(size) || size < 0) return [{ code: ErrorCode.BAD_USER_INPUT, field }];
  if (size === 0) return [{ code: ErrorCode.FILE_EMPTY, field }];
  if (size > maxBytes) return [{ code: ErrorCode.FILE_TOO_LARGE, field, params: { max: inUnits(maxBytes), size: inUnits(size) } }];
  return [];
}

/** Bytes as people say them: `1000 B`, `2.9 MB`. */
function inUnits(bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${['B', 'KB', 'MB', 'GB'][power]}`;
}

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}(?:\s*;[^\r\n]{0,200})?$/;

/** A browser that knows no type sends an empty one. */
function mediaTypeFaults({ contentType, fileName }: AnnouncedFile): Fault[] {
  const field = ['input', 'contentType'];
  if (contentType === '') return [];
  if (!MEDIA_TYPE.test(contentType)) return [{ code: ErrorCode.BAD_USER_INPUT, field }];
  return ACTIVE_MEDIA_TYPES.has(baseType(contentType))
    ? [{ code: ErrorCode.FILE_TYPE_REFUSED, field, params: { name: fileName, accepted: '' } }]
    : [];
}

function countFaults({ maxFiles }: UploadRule, { ofDraft, ofPerson }: Waiting): Fault[] {
  if (ofDraft >= maxFiles) return [{ code: ErrorCode.TOO_MANY, field: ['input', 'draftId'], params: { max: maxFiles } }];
  return ofPerson >= MOST_UNCLAIMED ? [{ code: ErrorCode.TOO_MANY, params: { max: MOST_UNCLAIMED } }] : [];
}
