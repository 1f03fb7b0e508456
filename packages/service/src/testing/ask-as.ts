import pg from 'pg';

/** The rows of one statement of a role, or the SQLSTATE that refused it. */
export async function askAs(connectionString: string, statement: string): Promise<unknown[] | string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
}
