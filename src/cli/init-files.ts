import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usualSettingsFiles } from '../config/usual-places.ts';

/** A file that `multiagent init` puts into a folder. */
export interface InitFile {
  name: string;
  /** What the file is for, in a few words for the person. */
  about: string;
  content: () => Promise<string>;
  /** Permission bits, which hold from the first byte on. */
  mode: number;
  /** If one of these exists, nothing is written: the file itself, and those that it would replace. */
  keeps: readonly string[];
}

/** Reads a file of the package. This file is equally deep in `src` and in `dist`. */
const shipped = (...path: string[]) => readFile(join(import.meta.dirname, '..', '..', ...path), 'utf8');

/**
 * The settings with a # in front of each. Were they set, the file would overrule a person's own settings with defaults.
 * @param text The settings file that comes with the program.
 */
function asComments(text: string): string {
  const [, ...lines] = text.split('\n');
  return [firstLines, ...lines.map((line) => (/^ *[^# ]/.test(line) ? `#${line}` : line))].join('\n');
}

const firstLines = `# Settings of multiagent. Each stands here with its default, behind a #, and this file changes nothing. Take away the # of what you want to change,
# and of the lines that it is indented under.`;

export const initFiles: readonly InitFile[] = [
  {
    name: 'config.yaml',
    about: 'every setting with its default, all commented out',
    content: async () => asComments(await shipped('config.yaml')),
    mode: 0o666,
    keeps: usualSettingsFiles,
  },
  {
    name: '.env',
    about: 'key, address and so on, all commented out',
    content: async () => (await shipped('.env.example')).replace('Copy this file to .env and remove', 'Remove'),
    mode: 0o600,
    keeps: ['.env'],
  },
  {
    name: 'requirement.md',
    about: 'an example; replace it with what you want',
    content: () => shipped('examples', 'url-shortener.md'),
    mode: 0o666,
    keeps: ['requirement.md'],
  },
];

/** What a repository should not contain: secrets, and what runs leave behind. */
export const ignoredByGit: readonly string[] = ['.env', 'output/', '.multiagent/', 'logs/'];
