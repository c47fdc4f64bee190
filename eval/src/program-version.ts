import { execFileSync } from 'node:child_process';
import { repositoryFolder } from './folders.ts';

/** The commit that is being evaluated; `+` where files were changed since. */
export function programVersion(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: repositoryFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const changed = git('status', '--porcelain', '--untracked-files=no', 'src').trim() !== '';
    return `${git('rev-parse', '--short=10', 'HEAD').trim()}${changed ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}
