import { readFileSync } from 'node:fs';
import process from 'node:process';
import { workflowSchemaFile } from '../../workflows/workflow-schema-file.ts';

/** `multiagent workflows schema` */
export function showWorkflowSchema(): void {
  process.stdout.write(readFileSync(workflowSchemaFile, 'utf8'));
}
