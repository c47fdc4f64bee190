import { delimiter, dirname } from 'node:path';
import { execPath } from 'node:process';

/** The variables of a command that is run by itself. The Node that runs this program reads TypeScript; another one may stand first in the path. */
export function commandEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  const PATH = [dirname(execPath), ...(environment['PATH'] === undefined ? [] : [environment['PATH']])].join(delimiter);
  return { ...environment, PATH, PYTHONDONTWRITEBYTECODE: '1' };
}
