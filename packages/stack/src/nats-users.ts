/** Somebody who may connect to NATS; without rights of its own: everything. */
export interface NatsUser {
  name: string;
  rights?: { publish: string[]; subscribe: string[] };
}

/**
 * Who may say and hear what. A service speaks on its own stream and reads the others' through consumers of its own name;
 * the gateway hears everybody and speaks to other gateways only. So nobody can put an event into another's mouth: a forged
 * `session.ended` or `ticket.access` would be taken for a fact. The operator is for people and tests.
 */
export function natsUsers(prefix: string, services: readonly string[]): NatsUser[] {
  const streams = services.map((service) => `${prefix}-${service}`);
  const told = `${prefix}-told.>`; // what gateways tell each other: no stream takes it in
  return [
    ...services.map((name) => ({ name, rights: serviceRights(prefix, name, streams) })),
    { name: 'gateway', rights: { publish: [told], subscribe: [`${prefix}.*.>`, told, inbox('gateway')] } },
    { name: 'operator' },
  ];
}

function serviceRights(prefix: string, name: string, streams: readonly string[]): { publish: string[]; subscribe: string[] } {
  const reading = streams.flatMap((stream) => [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.STREAM.MSG.GET.${stream}`,
    `$JS.API.CONSUMER.*.${stream}.${name}`,
    `$JS.API.CONSUMER.*.*.${stream}.${name}`,
    `$JS.ACK.${stream}.${name}.>`,
  ]);
  return { publish: [`${prefix}.${name}.>`, `$JS.API.STREAM.*.${prefix}-${name}`, ...reading], subscribe: [inbox(name)] };
}

const inbox = (user: string): string => `_INBOX.${user}.>`;

/** The block `authorization` of nats-server's configuration; `passwordOf` gives what stands for a user's password, as it is to be written. */
export function authorizationBlock(users: readonly NatsUser[], passwordOf: (user: string) => string): string {
  const list = (subjects: string[]) => ['[', ...subjects.map((subject) => `        ${JSON.stringify(subject)}`), '      ]'].join('\n');
  const entry = ({ name, rights }: NatsUser): string => {
    const may = rights ? `, permissions: {\n      publish: ${list(rights.publish)}\n      subscribe: ${list(rights.subscribe)}\n    }` : '';
    return `    { user: ${name}, password: ${passwordOf(name)}${may} }`;
  };
  return ['authorization {', '  users: [', ...users.map(entry), '  ]', '}', ''].join('\n');
}
