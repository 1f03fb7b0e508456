import { writeFileSync } from 'node:fs';
import { printForms } from '../form/form-print.ts';
import { seedForms } from './forms.ts';

writeFileSync(new URL('../../../../docs/guides/what-is-required-when.md', import.meta.url), printForms(seedForms.map(({ form }) => form)));
