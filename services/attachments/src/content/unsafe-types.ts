// What runs when a person opens it. PROGRAMS start on a double click, inside an archive too; ACTIVE runs in a browser.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Extensions of programs, scripts and shortcuts. */
export const PROGRAMS = words(`
  apk app appimage appref-ms bat chm class cmd com command cpl deb desktop dll dmg ear elf exe gadget hta inf ins isp jar
  jnlp js jse ksh lnk mjs msc msh msi msp mst ocx pif pkg ps1 psd1 psm1 reg rpm run scf scr sct sh shb shs so sys url vb
  vbe vbs war wasm workflow ws wsc wsf wsh xbap xll
`);

/** Extensions that a browser or a web server executes. */
export const ACTIVE = words(`
  asp aspx cfm cgi htc htm html jsp jspx mht mhtml php php3 php4 php5 phtml shtm shtml stm svg svgz swf xht xhtm xhtml xsl xslt
`);

/** Office documents that carry programs. */
export const MACRO_DOCUMENTS = words('docm dotm potm ppam ppsm pptm sldm xlam xlsb xlsm xltm');

/**
 * Extensions that betray a disguise when they stand before the last one (`invoice.exe.pdf`). Only those that do not occur in
 * honest names: a print of `acme.com.png` or notes about `next.js` written as `next.js notes.txt` must pass.
 */
export const TELLTALE = words(
  'asp aspx bat chm class cmd cpl dll exe hta htm html jar js jse jsp lnk mht mhtml msi msp php phtml pif ps1 reg scr sh shtml svg vbe vbs wsf xhtml',
);

/** Media types that are refused whatever the file is called. */
export const ACTIVE_MEDIA_TYPES = words(`
  application/ecmascript application/hta application/java-archive application/javascript application/vnd.microsoft.portable-executable
  application/x-bat application/x-dosexec application/x-elf application/x-executable application/x-httpd-php application/x-javascript
  application/x-ms-shortcut application/x-msdos-program application/x-msdownload application/x-msi application/x-sh
  application/x-shockwave-flash application/xhtml+xml application/wasm image/svg+xml multipart/related text/ecmascript text/html
  text/javascript text/x-sh text/x-shellscript text/xsl
`);

/** What `file-type` finds by magic bytes that no name makes acceptable. */
export const MAGIC_OF_PROGRAMS = words('apk app class crx deb dex elf exe jar lnk macho msi rpm swf wasm xpi alias dmg iso chm pyc nes');
export const MAGIC_OF_ACTIVE = words('html svg mhtml vtt-html');

/** Archives whose inside nobody here can look at: they could hide anything, a bomb included. */
export const MAGIC_OF_CLOSED_ARCHIVES = words(
  '7z Z ace ar arj asar br bz2 cab cpio gzip-tar lz lz4 lzh lzma lzo rz s7z tar tar.gz xar xz zst zpaq',
);
