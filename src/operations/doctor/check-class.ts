import type { ModelProfile } from '../../llm/profile/model-profile.ts';
import type { Finding } from './finding.ts';

const way: Readonly<Record<ModelProfile['layout'], string>> = {
  contract: 'sees the current files and nothing of what colleagues wrote',
  material: "sees the current files and colleagues' documents",
  transcript: 'sees what was said before',
  per_role: 'sees what was said before, with a system message for each role',
};

/** The class that a model is taken for, why, and what follows from it. */
export function checkClass({ modelClass, because, instructions, layout, attempts }: ModelProfile): Finding {
  const told = instructions === 'plain' ? 'is asked for one file at a time' : `gets ${instructions} instructions`;
  const tries = attempts > 1 ? `, at most ${attempts} times each` : '';
  return {
    check: 'class',
    state: 'ok',
    message: `taken for a ${modelClass} model, because ${because}: it ${told}${tries}, and ${way[layout]} (model_profiles changes that)`,
  };
}
