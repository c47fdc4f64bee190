import { MultiagentError } from '../../utils/multiagent-error.ts';

/** The person pressed Ctrl-C at a question: nothing was begun. */
export class WizardStopped extends MultiagentError {
  constructor(cause?: unknown) {
    super({ category: 'stopped', code: 'run.interrupted', message: 'The wizard was stopped; nothing was begun.', cause });
  }
}
