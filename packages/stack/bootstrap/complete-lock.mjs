// `npm ci` stops where the lock file lacks the optional packages of other platforms, and npm leaves out those that the
// registry in use does not hold. Their versions are exact in the package that asks for them, so they can be written
// here. Run after a change of dependencies: node packages/stack/bootstrap/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The entries that the lock lacks, by their place in it. */
export function missingEntries(lock) {
  const missing = {};
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!isThere(lock.packages, place, name))
        missing[`node_modules/${name}`] = { ...platformEntry(name, version), ...(entry.dev ? { dev: true } : {}) };
    }
  }
  return missing;
}

export function completeLock(lock) {
  const all = { ...lock.packages, ...missingEntries(lock) };
  const sorted = Object.entries(all).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

// Node looks for a package beside the one that asks, then in each folder above.
function isThere(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('node_modules/') - 1, 0))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

const systems = {
  windows: 'win32',
  win32: 'win32',
  darwin: 'darwin',
  linux: 'linux',
  android: 'android',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
};
const processors = {
  64: 'x64',
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
};

/** Without os and cpu npm would try to install the package everywhere, so a name that does not tell them is refused. */
export function platformEntry(name, version) {
  const words = name.split(/[/-]/);
  const os = words.map((word) => systems[word]).find(Boolean);
  const cpu = words.map((word) => processors[word]).find(Boolean);
  if (!os || !cpu) throw new Error(`${name}: its name does not tell for which system and processor it is`);
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.some((word) => word.startsWith('gnu')) && 'glibc';
  return { version, cpu: [cpu], ...(libc ? { libc: [libc] } : {}), optional: true, os: [os] };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = new URL('../../../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  console.log(`${Object.keys(missingEntries(lock)).length} entries added`);
}
