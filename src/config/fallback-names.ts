import { MultiagentError } from '../utils/multiagent-error.ts';
import { shortForm } from './named-model.ts';
import { type ChosenModel, chooseModel, unknownModel } from './named-models.ts';
import type { Settings } from './settings-schema.ts';

/**
 * The models that stand in for one that is not available, in the order in which the person wrote them. Empty: none does.
 * @throws MultiagentError `model.unknown`, `fallback.twice`, `fallback.itself`.
 */
export function fallbackModels(settings: Settings): ChosenModel[] {
  const { fallback, models, providers } = settings;
  const known = [shortForm, ...Object.keys(models), ...Object.keys(providers)];
  const chosen = fallback.map((name, index) => {
    // Anywhere else a name that nobody knows may be that of a model on the only server. There it would go down with that server.
    if (!known.includes(name) && !known.includes(name.split('/', 1)[0] ?? '')) throw unknownModel(name, 'fallback', known);
    if (fallback.indexOf(name) !== index)
      throw wrong('fallback.twice', `fallback names ${name} twice.`, 'Name each model once, the one that is to be tried first in front.');
    return chooseModel(settings, name, 'fallback');
  });
  const first = chooseModel(settings);
  if (chosen.length > 0 && chosen.every(({ name }) => name === first.name))
    throw wrong(
      'fallback.itself',
      `fallback names only ${first.name}, which is the model that another one is to stand in for.`,
      `Add another model behind it (fallback: [${first.name}, spare]), or remove fallback from your settings.`,
    );
  return chosen;
}

function wrong(code: string, message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code, message, hint });
}
