import { realpathSync } from 'node:fs';
import { isSecretFileName } from '../../utils/credential-names.ts';
import { readTextBelow, type TextBelow } from '../below/read-text-below.ts';
import { findSecret } from './find-secret.ts';
import { readIgnoreFile } from './ignore-file.ts';
import { isBinaryName } from './is-binary-name.ts';
import { mostBytes } from './judge-content.ts';

/**
 * The text of one file of a project that a model asked for by its name. Unlike a person, a model does not get to see what `.multiagentignore` names; nobody gets
 * secrets, binary or huge files. No link is followed.
 * @param root May itself be reached through links. @param path Relative to `root`, with `/`, without `..`.
 */
export function readShownFile(root: string, path: string): TextBelow {
  const why = reasonToHide(root, path);
  if (why !== undefined) return { kind: 'unfit', reason: why };
  const found = readTextBelow(root, path, mostBytes);
  const secret = found.kind === 'text' ? findSecret(found.text) : undefined;
  if (secret === undefined) return found;
  return { kind: 'unfit', reason: `its line ${secret.line} looks like ${secret.what}, and secrets are not given to a model` };
}

/** Why a model does not get to see the content of a file, by its path. It ends a sentence. */
export function reasonToHide(root: string, path: string): string | undefined {
  if (readIgnoreFile(realpathSync(root)).isIgnored(path)) return 'the project keeps it from the team, with .multiagentignore';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isSecretFileName(name)) return 'by its name, it holds keys or passwords, and secrets are not given to a model';
  return isBinaryName(name) ? 'by its name, it is not a text file' : undefined;
}
