/** Writes the JSON Schema of workflow files, which is part of the package. */
import { writeFileSync } from 'node:fs';
import { workflowSchemaText } from './workflow-schema-text.ts';
import { workflowSchemaFile } from '../src/workflows/workflow-schema-file.ts';

writeFileSync(workflowSchemaFile, workflowSchemaText());
