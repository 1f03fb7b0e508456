import { z } from 'zod';

// The only leaves an event may have. There is no word for free text, and words.test.ts walks every event to see that
// none slipped in: what people wrote, their names, addresses and file names live in tables that can be erased.

const word = (name: string, pattern: RegExp) => z.string().regex(pattern).meta({ word: name });

/** A global id with one of these prefixes, e.g. `id('con', 'ana')`. */
export const id = (...prefixes: [string, ...string[]]) =>
  word(`id ${prefixes.join('|')}`, new RegExp(`^(${prefixes.join('|')})_[0-9a-hjkmnp-tv-z]{26}$`));

/** A global id, whatever of. */
export const anyId = () => word('id', /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/);

/** The network of an address, too wide to name anybody: 24 bits of IPv4, e.g. `192.0.2.0/24`, 48 of IPv6, e.g. `2001:db8:0::/48`. */
export const network = () => word('network', /^(\d{1,3}\.\d{1,3}\.\d{1,3}\.0\/24|[0-9a-f]{1,4}(:[0-9a-f]{1,4}){2}::\/48)$/);

/** SHA-256 of a text in hexadecimal: proves what was said without saying it. */
export const digest = () => word('digest', /^[0-9a-f]{64}$/);

/** A short code out of somebody's list: `software.rm`, `ACME01`, `BR`, `n1-software`. Never typed freely by a person. */
export const code = () => word('code', /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** A media type, e.g. `application/pdf`. */
export const mediaType = () => word('media type', /^[a-z0-9]+\/[a-z0-9.+-]{1,100}$/);

/** A moment in UTC, ISO 8601 with milliseconds. */
export const instant = () => word('instant', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A whole number from zero up: counts, sizes in bytes, versions. */
export const count = () => z.number().int().min(0);

export const flag = () => z.boolean();

/** One of a closed list. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) => z.enum(values);

/** An object inside an event. Fields that this version does not know are kept. */
export const part = <Shape extends z.ZodRawShape>(shape: Shape) => z.looseObject(shape);
