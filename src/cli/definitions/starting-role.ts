import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a new role, which can be given a task at once. */
export function startingRole(name: string): string {
  const title = name
    .split('_')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
  return readFileSync(join(import.meta.dirname, 'starting-role.md'), 'utf8')
    .replaceAll('new_role', name)
    .replaceAll('New Role', title);
}
