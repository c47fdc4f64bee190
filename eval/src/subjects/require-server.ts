import { unlimitedFetch } from '../../../src/llm/server/unlimited-fetch.ts';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';

const patience = 20_000;

/**
 * Asks the server whether it is there, so that its end is not taken for a failure of the subject.
 * @throws MultiagentError `eval.server_gone`.
 */
export async function requireServer(baseUrl: string): Promise<void> {
  const answered = await unlimitedFetch(`${baseUrl.replace(/\/$/, '')}/models`, { signal: AbortSignal.timeout(patience) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
  if (answered) return;
  throw new MultiagentError({
    code: 'eval.server_gone',
    message: `No model server answers at ${baseUrl}; the attempt is not counted.`,
    hint: 'Start it again, or name another with --base-url; what is done already is not done again.',
  });
}
