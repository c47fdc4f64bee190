import { join } from 'node:path';
import process from 'node:process';
import { showFile } from '../../config/folders.ts';
import { ownSettingsFolder } from '../../config/own-folders.ts';
import { rolesHere } from '../roles-here.ts';
import { newName } from '../definitions/new-name.ts';
import { startingRole } from '../definitions/starting-role.ts';
import { writeDefinition } from '../definitions/write-definition.ts';
import { workspaceHere } from '../places-here.ts';
import { writeFolded } from '../write-folded.ts';
import type { NewOptions } from './workflows-new.ts';

/** `multiagent agents new <role>` */
export async function newAgent(given: string, { own }: NewOptions): Promise<void> {
  const directory = process.cwd();
  const workspace = await workspaceHere(directory);
  const name = newName(given, 'role');
  const known = rolesHere(workspace).find(name);
  const folder = own ? join(ownSettingsFolder(process.env), 'agents') : join(workspace, '.multiagent', 'agents');
  const path = await writeDefinition({
    folder,
    within: own ? undefined : workspace,
    file: `${name}.md`,
    content: startingRole(name),
    taken: [name, `${name}.md`],
  });
  const replaced = known === undefined ? '' : `It stands in the place of the role ${name}, and takes from it what it leaves out.\n`;
  writeFolded(`Written: ${showFile(path, directory)}
${replaced}
Say in it who the role is. Then ask it in a step of a workflow: role: ${name}, task_type: advice
See it:    multiagent agents show ${name}
${own ? '' : 'Share it:  git add -f .multiagent/agents (Git ignores .multiagent, where the journal is)\n'}`);
}
