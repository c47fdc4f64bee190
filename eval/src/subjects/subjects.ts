import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { direct } from './direct.ts';
import type { Subject } from './subject.ts';

const subjects: readonly Subject[] = [direct];

/** @throws MultiagentError `eval.no_such_subject`. */
export function findSubject(name: string): Subject {
  const found = subjects.find((subject) => subject.name === name);
  if (found !== undefined) return found;
  throw new MultiagentError({
    code: 'eval.no_such_subject',
    message: `There is no subject "${name}".`,
    hint: `Name one of: ${subjects.map((subject) => subject.name).join(', ')}.`,
  });
}
