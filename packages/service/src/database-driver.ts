import { PostgreSqlConnection, PostgreSqlDriver } from '@mikro-orm/postgresql';
import pg from 'pg';

// Row-level security costs round trips: BEGIN, the settings, the statement, COMMIT. Here they become one for a statement
// alone and two less for a transaction (decision 0039). A network round trip is a third of such a request's CPU.

interface Implicit {
  sessionContext?: { variables?: Record<string, unknown>; role?: string };
  eventBroadcaster?: unknown;
  ctx?: unknown;
}
interface Executor {
  executeQuery(statement: { sql: string }, options?: unknown): Promise<unknown>;
}

/** A statement outside a transaction takes its settings along: PostgreSQL runs one message as one transaction. */
class OneMessageConnection extends PostgreSqlConnection {
  override async transactional<T>(...[work, options = {}]: Parameters<PostgreSqlConnection['transactional']>): Promise<T> {
    const { sessionContext, eventBroadcaster, ctx } = options as Implicit;
    const { variables, role } = sessionContext ?? {};
    if (!variables || role || eventBroadcaster || ctx) return (await super.transactional(work, options)) as T;
    await this.ensureConnection();
    const settings = Object.entries(variables).map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(String(value))}, true)`);
    const client = this.getClient() as unknown as Executor;
    const alone: Executor = {
      executeQuery: (statement, given) =>
        client.executeQuery({ ...statement, sql: `select ${settings.join(', ')};${statement.sql}` }, given),
    };
    return (await work(alone as never)) as T;
  }
}

const NOTHING = { command: '', rowCount: null, rows: [], fields: [], oid: 0 };

/** Keeps BEGIN and its settings until the transaction's first statement and sends them in one message with it. */
export class ThriftyClient extends pg.Client {
  #kept = '';

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads this method seven times
  override query(...given: any[]): any {
    const [text, values = []] = given;
    if (typeof text !== 'string' || values.length > 0 || given.length > 2) {
      if (this.#kept !== '') super.query(this.#take()).catch(() => {}); // what stands behind it fails for the same reason
      return super.query(...(given as [string]));
    }
    if (text.includes('\0')) return Promise.reject(Object.assign(new Error('a text holds a zero byte'), { code: '22021' }));
    if (text === 'begin' || (this.#kept !== '' && text.startsWith('select set_config('))) {
      this.#kept += `${text};`;
      return Promise.resolve(NOTHING);
    }
    if (this.#kept !== '' && (text === 'commit' || text === 'rollback')) {
      this.#take();
      return Promise.resolve(NOTHING);
    }
    return super.query(this.#take() + text).then(lastOf);
  }

  #take(): string {
    const kept = this.#kept;
    this.#kept = '';
    return kept;
  }
}

/** Several statements in one message answer with a list. */
const lastOf = (result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult | undefined => (Array.isArray(result) ? result.at(-1) : result);

export class ThriftyDriver extends PostgreSqlDriver {
  protected override readonly connection = new OneMessageConnection(this.config);
}
