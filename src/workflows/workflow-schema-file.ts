import { join } from 'node:path';

/** Absolute: the JSON Schema of workflow files, for editors. It is written from the schema that checks them: `npm run docs:workflows`. */
export const workflowSchemaFile = join(import.meta.dirname, 'workflow.schema.json');
