import { toBytes } from '../../files/disk/file-content.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { checkSyntax, type CheckSyntaxOptions, type SyntaxCheck } from '../../files/syntax/check-syntax.ts';

export interface ArrivedFile {
  path: string;
  content: string;
}

/** More at once help nobody, and a reply of very many files must not fill the memory with checks that are still to be made. */
const mostAtOnce = 4;
/** Answers that nobody asks for, because another block took the file's place or the reply was refused, go in time. */
const mostKept = 200;

/**
 * The syntax checks of a run's files. Those of a file that is whole while its reply still arrives are made then, so that after a long reply the answers
 * are there. An answer belongs to a path and a content: a file that became another one by then is checked anew.
 */
export class SyntaxChecks {
  readonly #check: (file: CheckSyntaxOptions) => Promise<SyntaxCheck>;
  readonly #early = new Map<string, Promise<SyntaxCheck>>();
  #running = 0;

  constructor(check: (file: CheckSyntaxOptions) => Promise<SyntaxCheck> = checkSyntax) {
    this.#check = check;
  }

  /** Checks a file that is not written yet, unless others are being checked. The answer is kept until it is asked for. */
  async begin({ path, content }: ArrivedFile): Promise<void> {
    if (this.#running >= mostAtOnce) return;
    const bytes = toBytes(content);
    const key = keyOf(path, hashContent(bytes));
    if (this.#early.has(key)) return;
    this.#running += 1;
    const answer = this.#check({ path, content: bytes }).finally(() => (this.#running -= 1));
    this.#early.set(key, answer);
    const [oldest] = this.#early.keys();
    if (this.#early.size > mostKept && oldest !== undefined) this.#early.delete(oldest);
    await answer;
  }

  /** @param file `sha256` is that of the content. */
  async check({ path, content, sha256 }: CheckSyntaxOptions & { sha256: string }): Promise<SyntaxCheck> {
    const key = keyOf(path, sha256);
    const early = this.#early.get(key);
    this.#early.delete(key);
    return early ?? this.#check({ path, content });
  }
}

function keyOf(path: string, sha256: string): string {
  return `${sha256} ${path}`;
}
