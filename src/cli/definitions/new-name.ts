import { snakeCase } from '../../config/role-settings.ts';
import { shownName } from '../../utils/printable.ts';
import { usageError } from '../usage-error.ts';

/** The name of a new workflow or role in snake_case, from what a person typed. @throws MultiagentError `usage`. */
export function newName(given: string, what: 'workflow' | 'role'): string {
  const name = given.trim().toLowerCase().replaceAll(/[- ]/g, '_');
  if (snakeCase.test(name) && name.length <= 64) return name;
  throw usageError(
    `"${shownName(given)}" cannot be the name of a ${what}.`,
    'A name consists of lower-case letters, digits and single hyphens, and begins with a letter, such as ship-it.',
  );
}
