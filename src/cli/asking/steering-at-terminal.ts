import { pauseRun, sayToRun } from '../../operations/steer-run.ts';
import type { Workspace } from '../../operations/workspace.ts';
import type { Steering } from '../views/view.ts';
import { ownName } from './own-name.ts';

/** Steers runs that this process works on, for whoever is at the terminal. */
export function steeringAtTerminal(workspace: Workspace): Steering {
  const who = () => ({ by: ownName(), trust: true });
  return {
    pause: (run) => pauseRun(workspace, run, who()),
    async say(run, signal) {
      const { input } = await import('@inquirer/prompts');
      const text = await input({ message: 'To the team (empty: nothing):' }, { signal }).catch((error: unknown) => {
        // Ctrl-C takes back what was being typed; the run goes on.
        if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)) return '';
        throw error;
      });
      if (text.trim() !== '') await sayToRun(workspace, run, text, who());
    },
  };
}
