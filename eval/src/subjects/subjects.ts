import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { shippedNames } from '../../../src/workflows/shipped-workflows.ts';
import { aider } from './aider.ts';
import { code } from './code.ts';
import { direct } from './direct.ts';
import type { Subject } from './subject.ts';
import { team } from './team.ts';

export interface SubjectOptions {
  /** Settings of the product that are tried. */
  settings: unknown;
  /** The program aider, or a path to it. */
  aider: string;
}

/** Every built-in workflow. One that comes to a question for a person is checked as it stands then. */
const workflows = shippedNames.map((name) => name.replaceAll('_', '-'));

/** Everybody there is; a new subject is a file and a line here. */
function subjects({ settings, aider: command }: SubjectOptions): Subject[] {
  return [
    direct,
    ...workflows.map((name) => team({ name, workflowOf: () => name, settings })),
    team({ name: 'workflow', workflowOf: ({ workflow }) => workflow, settings }),
    code(settings),
    aider(command),
  ];
}

/** @throws MultiagentError `eval.no_such_subject`. */
export function findSubject(name: string, options: SubjectOptions): Subject {
  const known = subjects(options);
  const found = known.find((subject) => subject.name === name);
  if (found !== undefined) return found;
  throw new MultiagentError({
    code: 'eval.no_such_subject',
    message: `There is no subject "${name}".`,
    hint: `Name one of: ${known.map((subject) => subject.name).join(', ')}.`,
  });
}
