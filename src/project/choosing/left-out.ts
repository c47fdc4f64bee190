import { shownName } from '../../utils/printable.ts';

/**
 * Why a file is not read.
 * - `secret`: it looks like keys or passwords, by its name or its content.
 * - `ignored`: `.multiagentignore` names it.
 * - `generated`: a program wrote or fetched it.
 * - `binary`: it is no text in UTF-8.
 * - `huge`: it is larger than a file that a model could read.
 * - `link`: it is a symbolic link, or lies behind one.
 * - `repository`: it is a repository of its own, such as a submodule.
 * - `unreadable`: it cannot be read, is no regular file, has a name that cannot be shown, or changed meanwhile.
 * - `too_many`: there are more files than are looked at.
 */
export type LeftOutReason = 'ignored' | 'binary' | 'huge' | 'generated' | 'secret' | 'link' | 'repository' | 'unreadable' | 'too_many';

/** What was left out for one reason. */
export interface LeftOut {
  reason: LeftOutReason;
  /** Files; a folder that is left out as a whole counts as one. For `too_many`: how many were looked at, because nobody counted the others. */
  count: number;
  /** Paths, sorted; a folder ends with `/`. Up to 100 secrets, and up to 5 of anything else. */
  examples: string[];
}

/** The order in which they are told. */
const reasons: readonly LeftOutReason[] = [
  'secret',
  'ignored',
  'generated',
  'binary',
  'huge',
  'link',
  'repository',
  'unreadable',
  'too_many',
];

const mostNamed = (reason: LeftOutReason) => (reason === 'secret' ? 100 : 5);

/** Collects what is left out. A path counts once. */
export class LeftOutFiles {
  readonly #paths = new Map<LeftOutReason, Set<string>>();
  #lookedAt: number | undefined;

  add(reason: Exclude<LeftOutReason, 'too_many'>, path: string): void {
    const paths = this.#paths.get(reason);
    if (paths === undefined) this.#paths.set(reason, new Set([path]));
    else paths.add(path);
  }

  /** @param lookedAt How many files there were when the search ended. */
  tooMany(lookedAt: number): void {
    this.#lookedAt = lookedAt;
  }

  list(): LeftOut[] {
    return reasons.flatMap((reason): LeftOut[] => {
      if (reason === 'too_many') return this.#lookedAt === undefined ? [] : [{ reason, count: this.#lookedAt, examples: [] }];
      const paths = this.#paths.get(reason);
      if (paths === undefined) return [];
      return [{ reason, count: paths.size, examples: [...paths].sort().slice(0, mostNamed(reason)) }];
    });
  }
}

const kinds: Readonly<Record<Exclude<LeftOutReason, 'too_many'>, { one: string; many: string }>> = {
  secret: { one: 'file that looks like a secret', many: 'files that look like secrets' },
  ignored: { one: 'file that .multiagentignore names', many: 'files that .multiagentignore names' },
  generated: { one: 'generated or fetched file or folder', many: 'generated or fetched files and folders' },
  binary: { one: 'file that is not text in UTF-8', many: 'files that are not text in UTF-8' },
  huge: { one: 'file of more than 256 kB', many: 'files of more than 256 kB' },
  link: { one: 'link', many: 'links' },
  repository: { one: 'repository of its own', many: 'repositories of their own' },
  unreadable: { one: 'file that could not be read, or changed meanwhile', many: 'files that could not be read, or changed meanwhile' },
};

/** A sentence for each reason, for a person. All secrets that are known by name are named, and a few examples of the others. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string[] {
  return leftOut.map(({ reason, count, examples }) => {
    if (reason === 'too_many')
      return `There are more than ${count.toLocaleString('en')} files; the others were not looked at. Name what matters with --files.`;
    const named = examples.map(shownName).join(', ');
    const others = count > examples.length ? ', …' : '';
    return `Left out: ${count.toLocaleString('en')} ${count === 1 ? kinds[reason].one : kinds[reason].many} (${named}${others})`;
  });
}
