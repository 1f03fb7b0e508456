import { writeFileSync } from 'node:fs';
import { printCatalogue } from './print-catalogue.ts';

writeFileSync(new URL('../CATALOGUE.md', import.meta.url), printCatalogue());
