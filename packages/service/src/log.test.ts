import { describe, expect, it } from '@jest/globals';
import { makeLog } from './log.ts';

const CANARY = 'canary-7f3a';

function written(write: (log: ReturnType<typeof makeLog>) => void): string {
  let lines = '';
  const destination = {
    write: (line: string) => {
      lines += line;
    },
  };
  write(makeLog('toys', 'info', destination));
  return lines;
}

/** As MikroORM throws it: the whole statement with its values in the message, PostgreSQL's words in the properties. */
const sqlError = (): Error =>
  Object.assign(new Error(`insert into "x" ("a") values ('${CANARY} it''s') - invalid input syntax for type json: "${CANARY}"`), {
    code: '22P02',
    severity: 'ERROR',
    detail: `Key (a)=(${CANARY}) already exists.`,
    where: CANARY,
    constraint: 'x_pkey',
    table: 'x',
  });

describe('the log', () => {
  it.each([
    'password',
    'newPassword',
    'accessToken',
    'refresh_token',
    'Authorization',
    'cookie',
    'set-cookie',
    'otp',
    'receipt',
    'clientSecret',
    'CPF',
    'cnpj',
    'body',
    'answers',
    'params',
  ])('never holds a %s, however deep it lies', (key) => {
    const line = written((log) => log.info({ [key]: CANARY, a: { b: [{ c: { [key]: CANARY } }] }, headers: { [key]: [CANARY] } }, 'told'));
    expect(line).not.toContain(CANARY);
    expect(line).toContain('[redacted]');
  });

  it('keeps secrets out of what a child log repeats on every line', () => {
    const line = written((log) => log.child({ token: CANARY, requestId: 'req_1' }).info('told'));
    expect(line).not.toContain(CANARY);
    expect(line).toContain('req_1');
  });

  it('names what PostgreSQL refused, without a value of the statement', () => {
    const line = written((log) => log.error({ err: sqlError() }, 'failed'));
    expect(line).not.toContain(CANARY);
    expect(JSON.parse(line).err).toMatchObject({ code: '22P02', constraint: 'x_pkey', table: 'x' });
    expect(JSON.parse(line).err.message).toContain('insert into \\"x\\"'.replaceAll('\\', ''));
  });

  it('drops what somebody hung on an error, in its causes too', () => {
    const cause = Object.assign(new Error('inner'), { password: CANARY, response: CANARY });
    const line = written((log) => log.error({ reason: new Error('outer', { cause }), other: cause }, 'failed'));
    expect(line).not.toContain(CANARY);
    expect(JSON.parse(line).reason).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
  });

  it('takes an error alone', () => {
    const line = written((log) => log.error(Object.assign(new Error('alone'), { token: CANARY })));
    expect(line).not.toContain(CANARY);
    expect(JSON.parse(line)).toMatchObject({ msg: 'alone', err: { message: 'alone', type: 'Error' } });
  });

  it.each([
    ['a signed token', `eyJhbGciOiJFZERTQSJ9.eyJ2aWV3ZXIiOiJ4In0.${CANARY}`],
    ['a password in a URL', `postgresql://tickets_app:${CANARY}@127.0.0.1:15432/tickets`],
    ['the number of a person', '123.456.789-09'],
    ['the number of a company', '12.345.678/0001-95'],
  ])('blots out %s inside any text', (_, secret) => {
    const line = written((log) => log.warn({ note: `so: ${secret}` }, `said ${secret}`));
    expect(line).not.toContain(secret);
    expect(line).not.toContain(CANARY);
    expect(JSON.parse(line).level).toBe(40);
  });

  it('survives what refers to itself', () => {
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    expect(written((log) => log.info({ circle }, 'told'))).toContain('too deep');
  });

  it('says which service speaks, and keeps quiet below its level', () => {
    expect(JSON.parse(written((log) => log.info('told')))).toMatchObject({ service: 'toys', msg: 'told' });
    expect(written((log) => log.debug('quiet'))).toBe('');
  });
});
