// A page to try operations with. No framework and nothing from elsewhere: it works without a network.

const $ = (id) => document.getElementById(id);
const EXAMPLE = '# Ctrl+Enter runs it. Subscriptions run over a socket until Stop.\nquery {\n  helpContacts {\n    __typename\n  }\n}\n';

// What was typed last stays for this tab of the browser, the password never.
for (const [id, otherwise] of [
  ['authorization', ''],
  ['language', 'pt-BR'],
]) {
  const field = $(id);
  field.value = sessionStorage.getItem(id) ?? otherwise;
  field.addEventListener('input', () => sessionStorage.setItem(id, field.value));
}

const show = (value) => {
  $('answer').textContent = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
};
const say = (text) => {
  $('state').textContent = text;
};

async function post(body) {
  const authorization = $('authorization').value.trim();
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': $('language').value, ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

function request() {
  const variables = $('variables').value.trim();
  return { query: $('query').value, variables: variables ? JSON.parse(variables) : undefined };
}

let socket = null;

function stop() {
  socket?.close(1000);
  socket = null;
  $('stop').hidden = true;
}

/** Runs a subscription over graphql-transport-ws; each frame is put on top. */
function subscribe(payload) {
  const opened = new WebSocket(`${location.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket = opened;
  const send = (message) => opened.send(JSON.stringify(message));
  let frames = 0;
  $('stop').hidden = false;
  say('connecting');
  show('');
  opened.onopen = () => send({ type: 'connection_init', payload: { authorization: $('authorization').value.trim() } });
  opened.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'connection_ack') {
      send({ id: '1', type: 'subscribe', payload });
      say('listening');
    } else if (message.type === 'ping') send({ type: 'pong' });
    else if (message.type === 'next') {
      frames += 1;
      say(`${frames} frame${frames === 1 ? '' : 's'}`);
      $('answer').prepend(`${new Date().toLocaleTimeString()} ${JSON.stringify(message.payload, null, 2)}\n\n`);
    } else if (message.type === 'error') $('answer').prepend(`${JSON.stringify({ errors: message.payload }, null, 2)}\n\n`);
    if (message.type === 'error' || message.type === 'complete') stop();
  };
  opened.onclose = ({ code, reason }) => {
    if (socket === opened) stop();
    say(`closed: ${code} ${reason}`);
  };
}

async function run() {
  stop();
  try {
    const payload = request();
    // Comments out, the first word of an operation tells its kind.
    if (/(^|\})\s*subscription\b/.test(payload.query.replace(/#.*/g, ''))) return subscribe(payload);
    say('running');
    const begun = performance.now();
    const { status, body } = await post(payload);
    say(`${status} in ${Math.round(performance.now() - begun)} ms`);
    show(body);
  } catch (error) {
    say('');
    show(`${error.message}`);
  }
}

async function signIn() {
  const query = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken errors { code message } } }';
  const { body } = await post({ query, variables: { input: { email: $('email').value, password: $('password').value } } });
  $('password').value = '';
  const payload = body.data?.signIn;
  if (!payload?.accessToken) return show(body);
  $('authorization').value = `Bearer ${payload.accessToken}`;
  sessionStorage.setItem('authorization', $('authorization').value);
  say('signed in');
}

$('run').addEventListener('click', run);
$('stop').addEventListener('click', stop);
$('sign-in').addEventListener('click', signIn);
$('password').addEventListener('keydown', ({ key }) => key === 'Enter' && signIn());
document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') run();
});

// Tabs: one for what one writes oneself, and one for each example. A changed example stays changed until the tab is closed.

const OWN = { name: 'own', title: 'Own', as: null, query: EXAMPLE, variables: '' };
let tabs = [OWN];
let current = OWN;

const kept = (tab, id) => `${id} of ${tab.name}`;

function choose(tab) {
  stop();
  current = tab;
  sessionStorage.setItem('tab', tab.name);
  for (const id of ['query', 'variables']) $(id).value = sessionStorage.getItem(kept(tab, id)) ?? tab[id];
  for (const button of $('tabs').children) button.setAttribute('aria-pressed', String(button.dataset.name === tab.name));
  if (tab.as) $('email').value = tab.as;
  say(tab.as ? `for ${tab.as}` : '');
}

for (const id of ['query', 'variables']) {
  $(id).addEventListener('input', () => {
    if ($(id).value === current[id]) sessionStorage.removeItem(kept(current, id));
    else sessionStorage.setItem(kept(current, id), $(id).value);
  });
}

async function offerTabs() {
  const examples = await fetch('/explorer/examples.json').then(
    (answer) => (answer.ok ? answer.json() : []),
    () => [],
  );
  tabs = [OWN, ...examples];
  $('tabs').replaceChildren(
    ...tabs.map((tab) => {
      const button = element('button', 'tab', tab.name.replace(/^\d+-/, '').replaceAll('-', ' '));
      button.type = 'button';
      button.title = tab.title;
      button.dataset.name = tab.name;
      button.addEventListener('click', () => choose(tab));
      return button;
    }),
  );
  choose(tabs.find(({ name }) => name === sessionStorage.getItem('tab')) ?? OWN);
}

// The schema, one type at a time.

const TYPE = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const ARGUMENTS = `args { name description defaultValue type { ${TYPE} } }`;
const FIELDS = `fields(includeDeprecated: true) { name description ${ARGUMENTS} type { ${TYPE} } }`;
const SCHEMA = `{ __schema { queryType { name } mutationType { name } subscriptionType { name } types {
  kind name description ${FIELDS} inputFields { name description defaultValue type { ${TYPE} } } enumValues { name description } possibleTypes { name } } } }`;

const written = ({ kind, name, ofType }) => (kind === 'NON_NULL' ? `${written(ofType)}!` : kind === 'LIST' ? `[${written(ofType)}]` : name);
const named = ({ name, ofType }) => name ?? named(ofType);

const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
};
const link = (text, target) => {
  const button = element('button', 'quiet', text);
  button.type = 'button';
  button.addEventListener('click', () => {
    $('search').value = '';
    browse(target);
  });
  return button;
};
const note = (text) => (text ? [element('p', '', text)] : []);

let types = new Map();

function browse(name) {
  const type = types.get(name);
  if (!type) return;
  const fields = type.fields ?? type.inputFields ?? [];
  const parts = fields.map((field) => {
    const given = (field.args ?? []).flatMap((argument, at) => [
      at ? ', ' : '',
      `${argument.name}: `,
      link(written(argument.type), named(argument.type)),
    ]);
    const args = given.length > 0 ? ['(', ...given, ')'] : [];
    return element('div', 'field', field.name, ...args, ': ', link(written(field.type), named(field.type)), ...note(field.description));
  });
  const values = (type.enumValues ?? []).map((value) => element('div', 'field', value.name, ...note(value.description)));
  const possible = (type.possibleTypes ?? []).map((one) => element('div', 'field', link(one.name, one.name)));
  const roots = ['Query', 'Mutation', 'Subscription'].filter((root) => types.has(root)).flatMap((root) => [link(root, root), ' ']);
  $('schema').replaceChildren(
    element('div', '', ...roots),
    element('h3', '', `${type.kind.toLowerCase()} ${name}`),
    ...note(type.description),
    ...parts,
    ...values,
    ...possible,
  );
}

function search() {
  const words = $('search').value.trim().toLowerCase();
  if (!words) return browse('Query');
  const found = [];
  for (const [name, type] of types) {
    if (name.startsWith('__')) continue;
    if (name.toLowerCase().includes(words)) found.push(element('div', 'field', link(name, name)));
    for (const field of type.fields ?? [])
      if (field.name.toLowerCase().includes(words)) found.push(element('div', 'field', link(`${name}.${field.name}`, name)));
  }
  $('schema').replaceChildren(...found.slice(0, 200));
}

$('search').addEventListener('input', search);
await offerTabs();
const { body } = await post({ query: SCHEMA });
types = new Map((body.data?.__schema.types ?? []).map((type) => [type.name, type]));
browse('Query');
