import { PostgreSqlConnection, PostgreSqlDriver } from '@mikro-orm/postgresql';
import pg from 'pg';
import { insertByText, insertOf } from './database-inserts.ts';

// Row-level security costs round trips: BEGIN, the settings, the statement, COMMIT. Here they become one for a statement
// alone and two less for a transaction (decision 0039). A network round trip is a third of such a request's CPU. Inserts are
// prepared, and wait for whatever is said next (decision 0093).

interface Implicit {
  sessionContext?: { variables?: Record<string, unknown>; role?: string };
  eventBroadcaster?: unknown;
  ctx?: unknown;
}
interface Executor {
  executeQuery(statement: object, options?: unknown): Promise<unknown>;
}

class OneMessageConnection extends PostgreSqlConnection {
  /** A statement outside a transaction takes its settings along: PostgreSQL runs one message as one transaction. */
  override async transactional<T>(...[work, options = {}]: Parameters<PostgreSqlConnection['transactional']>): Promise<T> {
    const { sessionContext, eventBroadcaster, ctx } = options as Implicit;
    const { variables, role } = sessionContext ?? {};
    if (!variables || role || eventBroadcaster || ctx) return (await super.transactional(work, options)) as T;
    await this.ensureConnection();
    const settings = Object.entries(variables).map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(String(value))}, true)`);
    const client = this.getClient() as unknown as Executor;
    const alone: Executor = {
      executeQuery: (statement, given) =>
        client.executeQuery({ ...statement, sql: `select ${settings.join(', ')};${(statement as { sql: string }).sql}` }, given),
    };
    return (await work(alone as never)) as T;
  }

  /** An insert of whole rows in a transaction keeps its values beside its text, so that the text is the same each time. */
  override execute(...given: Parameters<PostgreSqlConnection['execute']>): Promise<never> {
    const [sql, values, method, ctx, context] = given;
    const insert = ctx?.isTransaction && typeof sql === 'string' && Array.isArray(values) ? insertOf(sql, values) : null;
    if (!insert) return super.execute(...given);
    const transaction = ctx as unknown as Executor;
    const beside: Executor = {
      executeQuery: (statement, options) => transaction.executeQuery({ ...statement, parameters: values }, options),
    };
    return super.execute(insert.text, [], method, beside as never, context);
  }

  /** What is wrong with an insert that waited for it is what is wrong with the transaction. */
  override async commit(...given: Parameters<PostgreSqlConnection['commit']>): Promise<void> {
    try {
      await super.commit(...given);
    } catch (error) {
      throw this.platform.getExceptionConverter().convertException(error as Error);
    }
  }
}

interface Statement {
  text: string;
  name?: string;
  values?: unknown[];
}

const NOTHING = { command: '', rowCount: null, rows: [], fields: [], oid: 0 };

/** Keeps what nobody waits for (BEGIN with its settings, inserts that answer nothing) and sends it in one go with what is said next. */
export class ThriftyClient extends pg.Client {
  #isInTransaction = false;
  #opening = '';
  #inserts: Statement[] = [];

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads this method seven times
  override query(...given: any[]): any {
    const [text, values = []] = given;
    const insert = values.length > 0 ? insertByText(text) : undefined;
    if (insert?.isSilent && this.#isInTransaction) return this.#keep({ ...insert, values });
    if (insert) return this.#send({ ...insert, values });
    if (typeof text !== 'string' || given.length > 2) {
      for (const statement of this.#take()) super.query(statement).catch(() => {}); // what stands behind it fails for the same reason
      return super.query(...(given as [string]));
    }
    if (values.length > 0) return this.#send({ text, values });
    if (text.includes('\0')) return Promise.reject(Object.assign(new Error('a text holds a zero byte'), { code: '22021' }));
    if (text === 'begin') return this.#begin();
    if (this.#opening !== '' && this.#inserts.length === 0 && text.startsWith('select set_config(')) return this.#begin(`;${text}`);
    if (text === 'commit' || text === 'rollback') return this.#end(text);
    return this.#send({ text });
  }

  #begin(settings = ''): Promise<pg.QueryResult> {
    this.#isInTransaction = true;
    this.#opening = settings === '' ? 'begin' : this.#opening + settings;
    return Promise.resolve(NOTHING);
  }

  #keep(insert: Statement): Promise<pg.QueryResult> {
    this.#inserts.push(insert);
    return Promise.resolve(NOTHING);
  }

  async #end(text: 'commit' | 'rollback'): Promise<unknown> {
    this.#isInTransaction = false;
    if (text === 'rollback') this.#inserts = [];
    const hasSaidNothing = this.#opening !== '' && this.#inserts.length === 0;
    if (hasSaidNothing) {
      this.#opening = '';
      return NOTHING;
    }
    const ended = await this.#send({ text });
    // Whoever caught an error of a statement may have caught that of an insert before it.
    if (text === 'commit' && ended?.command === 'ROLLBACK')
      throw new Error('a statement of the transaction had failed: nothing of it is kept');
    return ended;
  }

  /** Answers what the last of them does, or fails as the first of them that fails. */
  async #send(last: Statement): Promise<pg.QueryResult | undefined> {
    const statements = [...this.#take(), last];
    const [first, second] = statements;
    if (first?.text.startsWith('begin') && second && !second.values) statements.splice(0, 2, { text: `${first.text};${second.text}` });
    const { stream } = this.connection;
    stream.cork();
    const answers = statements.map(async (statement) => super.query(statement)); // what throws fails like what is refused
    stream.uncork();
    return lastOf((await Promise.all(answers)).at(-1) as pg.QueryResult);
  }

  #take(): Statement[] {
    const taken = [...(this.#opening === '' ? [] : [{ text: this.#opening }]), ...this.#inserts];
    this.#opening = '';
    this.#inserts = [];
    return taken;
  }
}

/** Several statements in one message answer with a list. */
const lastOf = (result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult | undefined => (Array.isArray(result) ? result.at(-1) : result);

export class ThriftyDriver extends PostgreSqlDriver {
  protected override readonly connection = new OneMessageConnection(this.config);
}
