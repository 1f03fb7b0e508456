import { connect } from 'node:net';

/** One answer as it stood on the wire. */
export interface RawAnswer {
  status: number;
  /** Lower-case names; what came twice is joined with a comma. */
  headers: Record<string, string>;
  body: string;
}

/** Writes bytes to an address, no client's help in between, and reads until the server closes. Interim answers (1xx) are left out. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  socket.on('error', () => undefined); // it may close while we still write
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  await new Promise((resolve) => socket.on('close', resolve));
  return answersIn(Buffer.concat(pieces)).filter(({ status }) => status >= 200);
}

function answersIn(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`no answer: ${rest.toString('latin1').slice(0, 200)}`);
    const [line = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const headers: Record<string, string> = {};
    for (const one of lines) {
      const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(one) ?? [];
      headers[name.toLowerCase()] = headers[name.toLowerCase()] === undefined ? value : `${headers[name.toLowerCase()]}, ${value}`;
    }
    const status = Number(line.split(' ')[1]);
    const length = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
    const body = rest.subarray(end + 4, status < 200 ? end + 4 : length === undefined ? undefined : end + 4 + length);
    answers.push({ status, headers, body: body.toString('utf8') });
    rest = rest.subarray(end + 4 + body.length);
  }
  return answers;
}
