import { z } from 'zod';
import { formSchema } from '../form/form.ts';

/** What a definition may hold, as JSON Schema (2020-12), for the editors of front ends. */
export const formDefinitionSchema = JSON.stringify(z.toJSONSchema(formSchema, { io: 'input' }));
