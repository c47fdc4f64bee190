import { lostDefinitions as findLost } from '../../../files/fragments/lost-definitions.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { shortcoming, type FileToCheck } from './file-to-check.ts';

/** Who asks for one of these may lose functions without naming each. */
const takesAway = /\b(?:remov|delet|drop|renam|mov|replac|refactor|restructur|rewrit|simplif|merg|split|clean|shorten|unused|dead)/i;
/** Names of more tell nobody anything. */
const mostNames = 5;

/**
 * Functions and classes of a file that was to change, which the reply left out although nobody asked for that: a model of 1.5B gave a method that was asked for in the
 * place of another one.
 */
export const lostDefinitions: Checker<FileToCheck> = async ({ assignment: { path, state }, asked, content, standing }) => {
  if (state !== 'changed' || standing === undefined || takesAway.test(asked)) return [];
  const words = new Set(asked.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  const lost = (await findLost({ path, before: standing, after: content })).filter((name) => !words.has(name));
  if (lost.length === 0) return [];
  const names = lost.slice(0, mostNames).map((name) => `\`${name}\``);
  return [shortcoming('names_missing', `${path}: ${names.join(', ')} ${lost.length === 1 ? 'is' : 'are'} gone, which nobody asked for`)];
};
