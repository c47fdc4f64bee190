import { MultiagentError } from '../../utils/multiagent-error.ts';

/** The person pressed Ctrl-C at a question; nothing was started. */
export class WizardStopped extends MultiagentError {
  constructor(cause?: unknown) {
    super({ category: 'stopped', code: 'run.interrupted', message: 'The wizard was stopped; nothing was started.', cause });
  }
}

/** The person pressed Esc at a question; the question before it is asked again. */
export class WizardBack extends Error {
  constructor(cause?: unknown) {
    super('Back to the question before.', { cause });
  }
}

/** One question, or some that belong together. */
export interface WizardStep<Decision> {
  /** Whether the command line answers it: it asks nothing, and nobody can go back to it. */
  given: boolean;
  /** @param way How the person came here. Resolves with a decision if nothing more has to be asked. */
  ask(way: 'on' | 'back'): Promise<Decision | undefined>;
}

/** Goes through the steps until one decides, and back as often as the person wants. The last step must decide. */
export async function walkSteps<Decision>(steps: readonly WizardStep<Decision>[]): Promise<Decision> {
  let way: 'on' | 'back' = 'on';
  for (let index = 0; ; index += 1) {
    const step = steps[index];
    if (step === undefined) throw new Error('The last step of the wizard decided nothing.');
    try {
      const decision = await step.ask(way);
      if (decision !== undefined) return decision;
      way = 'on';
    } catch (error) {
      if (!(error instanceof WizardBack)) throw error;
      way = 'back';
      const before = steps.slice(0, index).findLastIndex(({ given }) => !given);
      // There is nothing before the first question, so it is asked again.
      index = (before === -1 ? index : before) - 1;
    }
  }
}
