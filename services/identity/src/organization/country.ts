const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

// Reserved codes that the tables of names know beside the countries of ISO 3166.
const NOT_COUNTRIES = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '));

/** Whether a code is a country's, ISO 3166 alpha-2. */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && !NOT_COUNTRIES.has(code) && regions.of(code) !== undefined;
