import type { GitEnvironment } from './git-place.ts';
import { git } from './git.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';

/** What Git starts that the settings of a repository name, and how it is kept from it: the arguments, given the name in the middle. */
const programs: readonly { key: RegExp; off: (name: string) => string[] }[] = [
  {
    key: /^filter\.(.+)\.(?:clean|smudge|process|required)$/,
    off: (name) => [...['clean', 'smudge', 'process'].map((kind) => `filter.${name}.${kind}=`), `filter.${name}.required=false`],
  },
  { key: /^(gpg)\.(?:.+\.)?(?:program|defaultkeycommand)$/, off: () => ['commit.gpgSign=false'] },
  { key: /^hook\.(.+)\.command$/, off: (name) => [`hook.${name}.command=true`] },
];

export interface ProgramsOff {
  /** To be put before the command. */
  arguments: string[];
  /** The names of filters that do not run. */
  filters: ReadonlySet<string>;
}

/**
 * The settings under which Git starts nothing that the repository itself names, because the folder may have come from elsewhere. What a person has set for all
 * repositories counts.
 * @throws MultiagentError `git.unsafe` where something cannot be switched off.
 */
export async function programsOff(place: { folder: string; environment: GitEnvironment }): Promise<ProgramsOff> {
  const { output } = await git(place, ['config', '--list', '--show-scope', '--name-only', '-z']);
  const words = output.split('\0');
  const settings = new Set(['submodule.recurse=false']);
  const filters = new Set<string>();
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [scope, key = ''] = words.slice(at, at + 2);
    if (scope === 'global' || scope === 'system') continue;
    for (const program of programs) {
      const name = program.key.exec(key)?.[1];
      if (name === undefined) continue;
      if (name.includes('=')) {
        throw new MultiagentError({
          category: 'usage',
          code: 'git.unsafe',
          message: `The settings of the Git repository name a program that cannot be switched off: ${printableLine(key)}.`,
          hint: `Remove it with: git config --unset ${printableLine(key)}`,
        });
      }
      if (key.startsWith('filter.')) filters.add(name);
      for (const setting of program.off(name)) settings.add(setting);
    }
  }
  return { arguments: [...settings].flatMap((setting) => ['-c', setting]), filters };
}
