import process from 'node:process';
import { RoleCatalogue } from '../agents/role-catalogue.ts';
import { ownSettingsFolder } from '../config/own-folders.ts';
import { roleNames } from '../agents/role-names.ts';

/** The roles that this person has in this workspace. @throws MultiagentError `role.invalid`. */
export function rolesHere(workspace: string): RoleCatalogue {
  return new RoleCatalogue({ ownFolder: ownSettingsFolder(process.env), workspace });
}

/** The names of all of them. None of them is read. */
export function roleNamesHere(workspace: string): string[] {
  return roleNames({ ownFolder: ownSettingsFolder(process.env), workspace });
}
