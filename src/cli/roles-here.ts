import process from 'node:process';
import { RoleCatalogue } from '../agents/role-catalogue.ts';
import { ownSettingsFolder } from '../config/own-folders.ts';

/** The roles that this person has in this workspace. @throws MultiagentError `role.invalid`. */
export function rolesHere(workspace: string): RoleCatalogue {
  return new RoleCatalogue({ ownFolder: ownSettingsFolder(process.env), workspace });
}
