import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page of the documentation that comes with the program. */
export interface Topic {
  /** Its file without the ending, such as `model-server`. */
  name: string;
  /** Its first heading. */
  title: string;
  /** In Markdown. */
  text: string;
}

/** In the package as in the repository. */
const folder = join(import.meta.dirname, '..', '..', '..', 'docs');

/** Every topic by name. */
export function topics(): Topic[] {
  return topicNames().map((name) => {
    const text = readFileSync(join(folder, `${name}.md`), 'utf8');
    return { name, title: /^# (.+)$/m.exec(text)?.[1] ?? name, text };
  });
}

/** Their names. None of them is read. The page that only leads to the others is none. */
export function topicNames(): string[] {
  return readdirSync(folder)
    .flatMap((file) => (file.endsWith('.md') && file !== 'README.md' ? [file.slice(0, -'.md'.length)] : []))
    .toSorted();
}
