import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { usualSettingsFiles } from '../config/find-settings-file.ts';

/** A file that `multiagent init` puts into a folder. */
export interface InitFile {
  name: string;
  /** For the person, a few words. */
  about: string;
  content: () => Promise<string>;
  /** Permission bits from the first byte on. */
  mode: number;
  /** If one of these exists, nothing is written: the file itself, and those whose place it would take. */
  keeps: readonly string[];
}

/** From the package's folder; the compiled program lies as deep in it as the source does in the repository. */
const shipped = (...path: string[]) => readFile(join(import.meta.dirname, '..', '..', ...path), 'utf8');

export const initFiles: readonly InitFile[] = [
  {
    name: 'config.yaml',
    about: 'every setting with its default',
    content: () => shipped('config.yaml'),
    mode: 0o666,
    keeps: usualSettingsFiles,
  },
  {
    name: '.env',
    about: 'a key, an address and the like, all commented out',
    content: async () => (await shipped('.env.example')).replace('Copy this file to .env and remove', 'Remove'),
    mode: 0o600,
    keeps: ['.env'],
  },
  {
    name: 'requirement.md',
    about: 'an example; write what you want into it',
    content: () => shipped('examples', 'url-shortener.md'),
    mode: 0o666,
    keeps: ['requirement.md'],
  },
];

/** What a repository should not hold: secrets, and what runs leave behind. */
export const ignoredByGit: readonly string[] = ['.env', 'output/', '.multiagent/', 'logs/'];
