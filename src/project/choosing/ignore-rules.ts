import ignore, { type Ignore } from 'ignore';

/** More than this many lines is no list that a person wrote; the others do not count. */
const mostLines = 10_000;
/** More stars in one name of a pattern, or more `**` in a pattern, could take very long to compare with a long path. */
const mostStars = 3;

/** The rules of one `.gitignore`, for the folder that it lies in. */
interface Level {
  /** The folder with `/` at its end; empty for the root. */
  folder: string;
  rules: Ignore;
}

/** The rules of the `.gitignore` files of a folder and of those above it. Those further down decide first. */
export class IgnoreRules {
  readonly #levels: readonly Level[];

  constructor(levels: readonly Level[] = []) {
    this.#levels = levels;
  }

  /** These rules and those of one more file. @param folder That the file lies in, with `/` at its end; empty for the root. */
  with(folder: string, text: string): IgnoreRules {
    const lines = text.split(/\r?\n/).slice(0, mostLines);
    return new IgnoreRules([...this.#levels, { folder, rules: ignore().add(lines.filter(isQuick)) }]);
  }

  /** @param path A folder's ends with `/`. */
  isIgnored(path: string): boolean {
    for (const { folder, rules } of this.#levels.toReversed()) {
      const inside = path.slice(folder.length);
      if (!ignore.isPathValid(inside)) continue;
      const { ignored, unignored } = rules.test(inside);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}

function isQuick(pattern: string): boolean {
  const names = pattern.split('/');
  const deep = names.filter((name) => name === '**').length;
  return deep <= mostStars && names.every((name) => name === '**' || name.split('*').length - 1 <= mostStars);
}
