/** What a service may ask of the place it runs in. */
export interface Place {
  /** The gateway's origin, as a browser sees it. */
  publicUrl: string;
  /** The file of a private key, made at the first start. */
  key(name: string): string;
  /** A folder for data of its own. */
  folder(name: string): string;
  /** A path on another service's probe port. */
  probe(service: string, path: string): string;
}

export interface ServiceRow {
  name: string;
  port: number;
  /** What it needs beyond the environment that every service gets. */
  env?(place: Place): Record<string, string>;
  /** Most connections of each of its two running roles. */
  pool?: number;
  /** Its program; services/<name>/dist/main.js unless a test brings another. */
  entry?: string;
}

/** The services of the stack. A new service is one folder and one line here. */
export const services: readonly ServiceRow[] = [
  {
    name: 'identity',
    port: 4101,
    env: ({ key, publicUrl }) => ({
      ACCESS_KEY_FILE: key('identity-access'),
      SEALING_KEY_FILE: key('identity-sealing'),
      PORTAL_URL: publicUrl,
    }),
  },
  { name: 'tickets', port: 4102, env: ({ probe }) => ({ FILES_JWKS_URL: probe('attachments', '/jwks.json') }) },
  {
    name: 'attachments',
    port: 4103,
    env: ({ folder, key, publicUrl }) => ({ FILES_DIR: folder('files'), FILES_KEY_FILE: key('attachments-files'), PUBLIC_URL: publicUrl }),
  },
  { name: 'favorites', port: 4104 },
  { name: 'knowledge', port: 4105 },
];

const defaultPool = 8;
const beside = 5; // the relay's two and its LISTEN, the watch over the database, and the owner's migration or a reconnect

export const poolOf = ({ pool = defaultPool }: ServiceRow): number => pool;

/** What PostgreSQL has to allow: the pools of every replica of every service, and some for an administrator. */
export function connectionsFor(rows: readonly ServiceRow[], replicasOf: (name: string) => number): number {
  return 20 + rows.reduce((sum, row) => sum + replicasOf(row.name) * (2 * poolOf(row) + beside), 0);
}
