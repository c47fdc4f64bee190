import type { CheckRecipe } from '../check-recipe.ts';
import type { FileText } from '../checked-project.ts';
import { shellWord } from '../shell-word.ts';

/** Whether shell scripts parse, according to the shell that they name. */
export const shellSyntax: CheckRecipe = {
  name: 'shell syntax',
  async plan(project) {
    const files = (await project.texts(/\.(?:sh|bash)$|(?:^|\/)[^/.]+$/)).flatMap((file) => {
      const shell = shellOf(file);
      return shell === undefined ? [] : [{ shell, path: file.path }];
    });
    if (files.length === 0) return [];
    const tools = [...new Set(files.map(({ shell }) => shell))];
    // A shell checks one script at a time.
    const command = files.map(({ shell, path }) => `${shell} -n ${shellWord(path)}`).join(' && ');
    return [{ kind: 'syntax', command, tools }];
  },
};

function shellOf({ path, text }: FileText): 'sh' | 'bash' | undefined {
  const named = /^#!.{0,100}?\b(\w{0,10}sh)\b/.exec(text)?.[1];
  if (named === 'bash') return 'bash';
  if (named === 'sh' || named === 'dash') return 'sh';
  // Bash understands everything that plain sh does, and more.
  return named === undefined && /\.(?:sh|bash)$/.test(path) ? 'bash' : undefined;
}
