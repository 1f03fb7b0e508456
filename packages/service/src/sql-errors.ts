// What PostgreSQL and the way to it say, by SQLSTATE and by the driver's own words.

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const DRIVER_SAYS =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** The database cannot be reached, is starting or stopping (57P), is full (53), or was too slow (57014, a lock: 55P03). */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error);
  return UNREACHABLE.test(code) || /^(08|53|57|58|55P03)/.test(code) || (error instanceof Error && DRIVER_SAYS.test(error.message));
}

/** Two transactions got in each other's way: serialization, deadlock. */
export const isConflict = (error: unknown): boolean => /^(40001|40P01)$/.test(codeOf(error));

/** A value that no column takes, such as a zero byte or a number out of range. */
export const isUnreadable = (error: unknown): boolean => /^22/.test(codeOf(error)) && error instanceof Error;
