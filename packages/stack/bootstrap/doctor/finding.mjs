// What a check says: how it is, in a line, and the line that mends it where something is to be done.

export const ok = (text) => ({ status: 'OK', text });

/** It works, but not as it should, or not for long. */
export const warn = (text, mend) => ({ status: 'WARN', text, mend });

/** With this a start or the tests fail. */
export const fail = (text, mend) => ({ status: 'FAIL', text, mend });

const order = ['OK', 'WARN', 'FAIL'];

export const worst = (findings) => findings.reduce((so, { status }) => (order.indexOf(status) > order.indexOf(so) ? status : so), 'OK');
