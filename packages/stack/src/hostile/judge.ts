/** Words of the inside: a stack, a path, a host, SQL, a library. None of them stands in anything that is sent. */
const INSIDE: readonly RegExp[] = [
  /\bat [\w.<>]+ \(|\.[cm]?[jt]s:\d+/,
  /node_modules|node:internal|file:\/\/|\/services\/|\/dist\//,
  /\/(tmp|home|root|var|work|app)\/[\w.-]+/,
  /\b(127\.0\.0\.1|localhost|0\.0\.0\.0)\b|\bECONN|\bENOENT|\bEPIPE/,
  /\bselect\b.{0,200}\bfrom\b|\binsert into\b|\bupdate "|\bdelete from\b|\breturning\b/i,
  /syntax error at|relation "|column "|violates|constraint|invalid input syntax|invalid byte sequence|out of range for type|row-level/i,
  /\bpg_|postgres|mikro|knex|fastify|FST_ERR|ApolloServer|@apollo|JetStream|\bNATS\b|TypeError|RangeError|ReferenceError|Cannot read prop|is not a function/i,
];

export interface Judged {
  status: number;
  contentType: string | null;
  text: string;
}

/** What is wrong with an answer; nothing, if all is well. `url`: the public address, which may stand in it. */
export function faultsOf({ status, contentType, text }: Judged, url: string, sent: string): string[] {
  const faults: string[] = [];
  if (status >= 500) faults.push(`status ${status}`);
  if (!/^application\/(graphql-response\+)?json\b/.test(contentType ?? '')) faults.push(`content type ${contentType}`);
  const body = parsed(text);
  if (body === undefined) return [...faults, `no JSON: ${text.slice(0, 200)}`];
  for (const { extensions } of body?.errors ?? []) {
    if (!extensions?.code || !extensions.requestId) faults.push('an error without a code or a request id');
    if (extensions?.code === 'INTERNAL' || extensions?.code === 'DEPENDENCY_UNAVAILABLE') faults.push(extensions.code);
  }
  // What was sent may be said again.
  const said = text.replaceAll(url, '');
  for (const pattern of INSIDE) {
    const found = pattern.exec(said);
    if (found && !pattern.test(sent)) faults.push(`tells of the inside: ${said.slice(Math.max(0, found.index - 60), found.index + 120)}`);
  }
  return faults;
}

interface Body {
  errors?: { extensions?: { code?: string; requestId?: string } }[];
}

function parsed(text: string): Body | null | undefined {
  try {
    return JSON.parse(text) as Body | null;
  } catch {
    return undefined;
  }
}
