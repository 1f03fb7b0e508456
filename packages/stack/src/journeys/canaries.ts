import { connect } from 'node:net';
import pg from 'pg';
import WebSocket from 'ws';
import type { Person, Portal } from './portal.ts';

/** What must stand in no log: each found nowhere else in the world. */
export const canaries = {
  password: 'Vidro+Roxo=8731-Serra',
  typedPassword: 'Vidro+Verde=4410-Serra',
  token: 'eyJjYW5hcmlvIjoiY2FuYXJpbyJ9.eyJjYW5hcmlvIjoxfQ.Q2FuYXJpb0Fzc2luYWR1cmE',
  secret: 'Q2FuYXJpby1TZWdyZWRvLTk5ODItbmFvLWRpZ2E',
  apiKey: 'atende_00c4n4r10c4n4r10c4n4r10c4n4r10c4n4r1012ab34cd',
  text: 'o canário cantou às 04:17 no porão da filial',
  cpf: '529.982.247-25',
  plainCpf: '52998224725',
  cnpj: '11.222.333/0001-81',
  plainCnpj: '11222333000181',
  email: 'canario.amarelo@acme.example',
  fileName: 'laudo do canario amarelo.png',
};
type Canary = keyof typeof canaries;

const all = Object.values(canaries);

/** Which of them stand in a text, as they are or as JSON and addresses write them. */
export const canariesIn = (text: string): Canary[] =>
  (Object.keys(canaries) as Canary[]).filter((name) => {
    const canary = canaries[name];
    return [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)].some((form) => text.includes(form));
  });

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }).then((answer) => answer.text());

/** Puts every canary wherever anybody can put one over HTTP: variables, documents, headers, addresses, bodies that are no JSON. */
export async function letLooseOverHttp({ url }: Portal, person: Person): Promise<void> {
  const graphql = `${url}/graphql`;
  const bearer = { authorization: `Bearer ${person.accessToken}` };
  for (const canary of all) {
    const quoted = JSON.stringify(canary);
    const inAddress = encodeURIComponent(canary);
    const latin1 = Buffer.from(canary).toString('latin1');
    await Promise.all([
      post(graphql, JSON.stringify({ query: 'query ($id: ID!) { ticket(id: $id) { number } }', variables: { id: canary } }), bearer),
      post(
        graphql,
        JSON.stringify({ query: 'query ($first: Int) { tickets(first: $first) { edges { cursor } } }', variables: { first: canary } }),
        bearer,
      ),
      post(
        graphql,
        JSON.stringify({ query: 'query ($first: Int) { tickets(first: $first, after: "x") { edges { cursor } } }', variables: [canary] }),
        bearer,
      ),
      post(graphql, JSON.stringify({ query: `{ ticket(id: ${quoted}) { number ${'x'.repeat(9)} } }` }), bearer),
      post(graphql, JSON.stringify({ query: `{ ticket(id: ${quoted}) { number } } ${canary}` }), bearer),
      post(
        graphql,
        JSON.stringify({
          query: `{ search(text: ${quoted}) { contacts(first: 3) { edges { cursor } } tickets(first: 3) { edges { cursor } } } }`,
        }),
        bearer,
      ),
      post(
        graphql,
        JSON.stringify({
          query: `mutation { signIn(input: { email: ${quoted}, password: ${quoted}, otp: ${quoted} }) { errors { code } } }`,
        }),
      ),
      post(graphql, JSON.stringify({ query: `mutation { refreshSession(refreshToken: ${quoted}) { errors { code } } }` })),
      post(
        graphql,
        JSON.stringify({ query: `mutation { resetPassword(input: { token: ${quoted}, newPassword: ${quoted} }) { errors { code } } }` }),
      ),
      post(graphql, JSON.stringify({ query: `mutation { requestPasswordReset(input: { email: ${quoted} }) { errors { code } } }` })),
      post(graphql, `{"query": "{ viewer { roles } }", "variables": {"x": ${quoted}`, bearer),
      post(graphql, `${canary}\0{`, bearer),
      post(graphql, JSON.stringify({ query: { [canary]: canary }, operationName: [canary] }), bearer),
      post(graphql, '{ "query": "{ viewer { roles } }" }', { authorization: `Bearer ${latin1}` }),
      post(graphql, '{ "query": "{ viewer { roles } }" }', {
        ...bearer,
        cookie: `session=${inAddress}`,
        referer: `${url}/?token=${inAddress}`,
      }),
      post(graphql, '{ "query": "{ viewer { roles } }" }', {
        ...bearer,
        'accept-language': inAddress,
        traceparent: inAddress,
        'user-agent': inAddress,
      }),
      fetch(
        `${graphql}?query=${encodeURIComponent('query ($x: ID!) { ticket(id: $x) { number } }')}&variables=${encodeURIComponent(JSON.stringify({ x: canary }))}`,
        { headers: bearer },
      ),
      fetch(`${url}/files/${inAddress}?token=${inAddress}`, { headers: bearer }),
      fetch(`${url}/${inAddress}?token=${inAddress}`, { headers: { origin: `https://${'canario'}.example` } }),
    ]);
  }
}

/** The same over sockets: what opens them, what is asked on them, and frames that are nothing. */
export async function letLooseOverSockets({ url }: Portal, person: Person): Promise<void> {
  for (const canary of all) {
    const watched = { query: 'subscription ($id: ID!) { ticketChanged(ticketId: $id) { id } }', variables: { id: canary } };
    await talk(url, [{ type: 'connection_init', payload: { authorization: `Bearer ${canary}`, token: canary } }]);
    await talk(url, [
      { type: 'connection_init', payload: { authorization: `Bearer ${person.accessToken}`, note: canary } },
      { type: 'subscribe', id: canary, payload: watched },
      { type: 'subscribe', id: 'b', payload: { ...watched, variables: { id: [canary] } } },
      { type: canary, payload: canary },
    ]);
    await talk(url, [`{"type": "connection_init", "payload": ${JSON.stringify(canary)}`]);
  }
  await shout(url, all.map((canary) => `GET /?x=${encodeURIComponent(canary)} HTTP/1.1\r\nx: ${encodeURIComponent(canary)}\r\n`).join(''));
}

/** Says all of it, and waits until the other side is done with it. */
function talk(url: string, frames: (object | string)[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => {}).on('close', () => resolve());
    socket.on('open', () => {
      for (const frame of frames) socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
      socket.send('this ends it');
    });
  });
}

/** Bytes that are no request. */
function shout(url: string, text: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket
      .on('error', () => {})
      .on('close', () => resolve())
      .resume();
  });
}

/** What a service's statement would look like to PostgreSQL when it fails. */
export async function failInDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const written = all.map((canary) => pg.escapeLiteral(canary)).join(', ');
  await client.query(`select 1 / 0 from (select ${written}) as written`).catch(() => {});
  const row = `insert into password_reset (id, login, asked_at) values ('rst_canary', ${pg.escapeLiteral(canaries.email)}, null)`;
  await client.query(row).catch(() => {});
  await client.end();
}
