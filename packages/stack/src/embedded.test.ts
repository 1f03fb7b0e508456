import { expect, test } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';

test('every run of the tests has a real PostgreSQL of its own', async () => {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_ADMIN_URL });
  await client.connect();
  const { rows } = await client.query(`select current_setting('server_version_num')::int / 10000 as major, rolsuper
    from pg_roles where rolname = current_user`);
  await client.end();
  expect(rows).toEqual([{ major: 18, rolsuper: true }]);
});

test('every run of the tests has a real nats-server with JetStream of its own', async () => {
  const connection = await connect({ servers: process.env.TEST_NATS_URL! });
  expect(connection.info?.jetstream).toBe(true);
  await connection.close();
});
