/** A kind of file that people send: how it is called, what its first bytes are, and what it is served as. */
export interface FileKind {
  extensions: readonly string[];
  /** What it is stored and served as. */
  mediaType: string;
  /** What `file-type` answers for it; TEXT: it has no magic, its bytes are readable. */
  magic: readonly string[] | 'TEXT';
  /** Media types that browsers and systems declare for it beside its own. */
  declared: readonly string[];
  family: 'ARCHIVE' | 'IMAGE' | 'OLE' | 'OTHER' | 'TEXT' | 'ZIPPED';
}

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';

const kind = (family: FileKind['family'], extensions: string, mediaType: string, magic: string | 'TEXT', declared = ''): FileKind => ({
  family,
  extensions: extensions.split(' '),
  mediaType,
  magic: magic === 'TEXT' ? magic : magic.split(' '),
  declared: declared.split(' ').filter(Boolean),
});
const text = (extensions: string, mediaType: string, declared = ''): FileKind =>
  kind('TEXT', extensions, mediaType, 'TEXT', `text/plain ${declared}`);

// ISO media files share one container; which of its names a recorder chooses means little.
const ISO_MEDIA = 'mp4 m4v m4a m4b f4v mov 3gp 3g2';
const OGG = 'ogg oga ogv opus ogx spx ogm';

export const fileKinds: readonly FileKind[] = [
  kind('IMAGE', 'png', 'image/png', 'png apng', 'image/x-png image/apng'),
  kind('IMAGE', 'jpg jpeg jfif jpe', 'image/jpeg', 'jpg', 'image/jpg image/pjpeg'),
  kind('IMAGE', 'gif', 'image/gif', 'gif'),
  kind('IMAGE', 'webp', 'image/webp', 'webp'),
  kind('IMAGE', 'bmp', 'image/bmp', 'bmp', 'image/x-ms-bmp image/x-bmp'),
  kind('IMAGE', 'tif tiff', 'image/tiff', 'tif'),
  kind('IMAGE', 'heic heif', 'image/heic', 'heic', 'image/heif'),
  kind('IMAGE', 'avif', 'image/avif', 'avif'),
  kind('OTHER', 'pdf', 'application/pdf', 'pdf', 'application/x-pdf'),
  kind('OTHER', 'rtf', 'application/rtf', 'rtf', 'text/rtf'),
  kind('ZIPPED', 'docx', `${OPEN_XML}.wordprocessingml.document`, 'docx'),
  kind('ZIPPED', 'xlsx', `${OPEN_XML}.spreadsheetml.sheet`, 'xlsx'),
  kind('ZIPPED', 'pptx', `${OPEN_XML}.presentationml.presentation`, 'pptx'),
  kind('ZIPPED', 'odt', `${OPEN_DOCUMENT}.text`, 'odt'),
  kind('ZIPPED', 'ods', `${OPEN_DOCUMENT}.spreadsheet`, 'ods'),
  kind('ZIPPED', 'odp', `${OPEN_DOCUMENT}.presentation`, 'odp'),
  kind('OLE', 'doc', 'application/msword', 'cfb'),
  kind('OLE', 'xls', 'application/vnd.ms-excel', 'cfb'),
  kind('OLE', 'ppt', 'application/vnd.ms-powerpoint', 'cfb'),
  kind('OLE', 'msg', 'application/vnd.ms-outlook', 'cfb'),
  kind('OTHER', 'mp4 m4v mov 3gp', 'video/mp4', ISO_MEDIA, 'video/quicktime video/x-m4v video/3gpp'),
  kind('OTHER', 'webm mkv', 'video/webm', 'webm mkv', 'video/x-matroska audio/webm'),
  kind('OTHER', 'avi', 'video/x-msvideo', 'avi', 'video/avi video/vnd.avi'),
  kind('OTHER', 'wmv asf', 'video/x-ms-wmv', 'asf', 'video/x-ms-asf'),
  kind('OTHER', 'mpg mpeg', 'video/mpeg', 'mpg ps mpegps'),
  kind('OTHER', 'mp3', 'audio/mpeg', 'mp3', 'audio/mp3'),
  kind('OTHER', 'm4a aac', 'audio/mp4', `${ISO_MEDIA} aac`, 'audio/x-m4a audio/aac'),
  kind('OTHER', 'wav', 'audio/wav', 'wav', 'audio/x-wav audio/wave audio/vnd.wave'),
  kind('OTHER', 'ogg oga ogv opus', 'audio/ogg', OGG, 'video/ogg application/ogg audio/opus'),
  kind('OTHER', 'flac', 'audio/flac', 'flac', 'audio/x-flac'),
  kind('ARCHIVE', 'zip', 'application/zip', 'zip', 'application/x-zip-compressed application/x-zip multipart/x-zip'),
  kind('ARCHIVE', 'rar', 'application/vnd.rar', 'rar', 'application/x-rar-compressed application/x-rar application/rar'),
  kind('ARCHIVE', 'gz', 'application/gzip', 'gz', 'application/x-gzip application/x-compressed'),
  text('txt log trc trace out err', 'text/plain'),
  text('csv tsv', 'text/csv', 'application/csv application/vnd.ms-excel text/tab-separated-values text/comma-separated-values'),
  text('json', 'application/json', 'text/json'),
  text('xml xsd', 'application/xml', 'text/xml'),
  text('md', 'text/markdown'),
  text('eml', 'message/rfc822'),
  text('sql', 'application/sql', 'text/x-sql application/x-sql'),
  text('ini cfg conf properties yaml yml prw prx prg tlpp ch', 'text/plain', 'text/yaml application/yaml application/x-yaml'),
];

const byExtension = new Map(fileKinds.flatMap((known) => known.extensions.map((extension) => [extension, known] as const)));
const byMagic = new Map(fileKinds.flatMap((known) => (known.magic === 'TEXT' ? [] : known.magic.map((magic) => [magic, known] as const))));

export const plainText = byExtension.get('txt')!;
export const unknownBinary: FileKind = { extensions: [], mediaType: 'application/octet-stream', magic: [], declared: [], family: 'OTHER' };

export const kindOfExtension = (extension: string | null): FileKind | null =>
  extension === null ? null : (byExtension.get(extension) ?? null);
export const kindOfMagic = (magic: string | null): FileKind | null => (magic === null ? null : (byMagic.get(magic) ?? null));

/** The archives a form may insist on. */
export const isZipOrRar = ({ mediaType }: FileKind): boolean => mediaType === 'application/zip' || mediaType === 'application/vnd.rar';

/** `Text/Plain; charset=utf-8` → `text/plain`. */
export const baseType = (declared: string): string => (declared.split(';')[0] ?? '').trim().toLowerCase();

/** Whether what the sender declared may be this kind. A type that names no kind here says nothing either way. */
export function declaredFits(declared: string, found: FileKind): boolean {
  const type = baseType(declared);
  const named = fileKinds.filter((known) => known.mediaType === type || known.declared.includes(type));
  return named.length === 0 || named.includes(found);
}
