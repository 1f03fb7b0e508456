import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** Requests that are no GraphQL, or hardly: headers and bytes of a POST. */
export interface Malformed {
  name: string;
  headers: Record<string, string>;
  body: Buffer | string;
}

const json = { 'content-type': 'application/json' };
const QUERY = '{"query":"{ helpContacts { phone } }"}';
const asked = (text: string): string => JSON.stringify({ query: `{ helpContacts { phone } } # ${text}` });
const deep = (open: string, close: string): string => open.repeat(50_000) + close.repeat(50_000);

export const MALFORMED: readonly Malformed[] = [
  ...Object.entries({
    nothing: '',
    'half of it': QUERY.slice(0, 20),
    'two of it': QUERY + QUERY,
    'a comma too many': '{"query":"{ helpContacts { phone } }",}',
    'single quotes': "{'query':'{ helpContacts { phone } }'}",
    'a comment': `/* x */ ${QUERY}`,
    'a number': '1e400',
    'a number without end': `{"query":${'9'.repeat(50_000)}}`,
    'a list without end': deep('[', ']'),
    'objects without end': deep('{"a":', '1}').slice(0, 200_000),
    'a string without end': `{"query":"${'x'.repeat(200_000)}`,
    NaN: '{"query":NaN}',
    'the same key twice': '{"query":"{ viewer { roles } }","query":"{ helpContacts { phone } }"}',
    'keys of prototypes': '{"__proto__":{"query":"{ helpContacts { phone } }"},"constructor":1,"toString":1}',
    'variables of prototypes':
      '{"query":"query($a:String){ helpContacts { phone } }","variables":{"__proto__":{"a":1},"constructor":null}}',
    'a list of operations': `[${QUERY},${QUERY}]`,
    'a control character': '{"query":"{ \u0001 helpContacts { phone } }"}',
    'a zero byte': `\u0000${QUERY}`,
    'a mark of byte order': `\ufeff${QUERY}`,
    'lone surrogates': '{"query":"{ helpContacts { phone } } # \\ud800"}',
    'an operation name that is an object': '{"query":"{ helpContacts { phone } }","operationName":{"$ne":null}}',
    'a query that is an object': '{"query":{"$ne":null}}',
    'extensions that are a list': '{"query":"{ helpContacts { phone } }","extensions":[1]}',
  }).map(([name, body]) => ({ name, headers: json, body })),
  ...Object.entries({
    'UTF-16': Buffer.from(`\ufeff${QUERY}`, 'utf16le'),
    'bytes that are no UTF-8': Buffer.concat([Buffer.from(asked('x').slice(0, -2)), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}')]),
    'latin1 letters': Buffer.from(asked('emissão'), 'latin1'),
    'an overlong zero': Buffer.concat([Buffer.from(asked('x').slice(0, -2)), Buffer.from([0xe0, 0x80, 0x80]), Buffer.from('"}')]),
    'surrogates in UTF-8': Buffer.concat([Buffer.from(asked('x').slice(0, -2)), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    gzip: gzipSync(QUERY),
    'random bytes': Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 167 + 13) % 256)),
  }).map(([name, body]) => ({ name, headers: json, body })),
  { name: 'a charset of UTF-16', headers: { 'content-type': 'application/json; charset=utf-16' }, body: Buffer.from(QUERY, 'utf16le') },
  { name: 'a charset nobody knows', headers: { 'content-type': 'application/json; charset=x-evil' }, body: QUERY },
  { name: 'a compressed body', headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(QUERY) },
  { name: 'a body that grows', headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(10_000_000)) },
  { name: 'another compression', headers: { ...json, 'content-encoding': 'br' }, body: brotliCompressSync(QUERY) },
  { name: 'two compressions', headers: { ...json, 'content-encoding': 'gzip, deflate' }, body: deflateSync(gzipSync(QUERY)) },
  { name: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query=%7B__typename%7D' },
  { name: 'parts', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\n\r\nx\r\n--x--' },
  {
    name: 'XML',
    headers: { 'content-type': 'application/xml' },
    body: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
  },
  { name: 'no type', headers: { 'content-type': '' }, body: QUERY },
  { name: 'an Accept that is none', headers: { ...json, accept: ';;,*/,x' }, body: QUERY },
  { name: 'a language that is none', headers: { ...json, 'accept-language': `${'x-'.repeat(3_000)};q=9` }, body: QUERY },
  { name: 'a token that is none', headers: { ...json, authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.' }, body: QUERY },
];
