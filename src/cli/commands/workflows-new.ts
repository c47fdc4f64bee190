import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ownSettingsFolder } from '../../config/own-folders.ts';
import { showFile } from '../../config/folders.ts';
import { workflowSchemaFile } from '../../workflows/workflow-schema-file.ts';
import { workflowsHere } from '../definitions/workflows-here.ts';
import { workspaceHere } from '../places-here.ts';
import { newName } from '../definitions/new-name.ts';
import { startingWorkflow } from '../definitions/starting-workflow.ts';
import { writeDefinition } from '../definitions/write-definition.ts';
import { writeFolded } from '../write-folded.ts';

export interface NewOptions {
  /** Writes to the person's own folder, for all projects. */
  own?: boolean | undefined;
}

/** The schema beside the workflows, so that an editor finds it wherever the package lies. */
const schemaName = 'workflow.schema.json';

/** `multiagent workflows new <name>` */
export async function newWorkflow(given: string, { own }: NewOptions): Promise<void> {
  const directory = process.cwd();
  const workspace = await workspaceHere(directory);
  const name = newName(given, 'workflow');
  const known = (await workflowsHere(workspace)).entries().find((entry) => entry.name === name);
  const folder = own ? join(ownSettingsFolder(process.env), 'workflows') : join(workspace, '.multiagent', 'workflows');
  const spellings = [...new Set([name, name.replaceAll('_', '-')])].flatMap((stem) => [`${stem}.yaml`, `${stem}.yml`]);
  const path = await writeDefinition({
    folder,
    within: own ? undefined : workspace,
    file: `${name}.yaml`,
    content: startingWorkflow(name),
    taken: spellings,
    beside: { file: schemaName, content: readFileSync(workflowSchemaFile, 'utf8') },
  });
  const command = name.replaceAll('_', '-');
  writeFolded(`Written: ${showFile(path, directory)}
${known === undefined ? '' : `It stands in the place of the workflow ${command} ${known.layer === 'built_in' ? 'that is built in' : `in ${showFile(known.path ?? '', directory)}`}.\n`}
Check it:  multiagent workflows validate ${command}
Run it:    multiagent run ${command} "What the team should build"
${own ? '' : 'Share it:  git add -f .multiagent/workflows (Git ignores .multiagent, where the journal is)\n'}`);
}
