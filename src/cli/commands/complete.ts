import process from 'node:process';
import type { Command } from 'commander';
import { printableLine } from '../../utils/printable.ts';
import { completeWords } from '../completion/complete-words.ts';
import { wordsIn } from '../completion/words-here.ts';

/**
 * `multiagent complete`: what the scripts of `multiagent completion` ask. Its first line says which paths fit (`none`, `files`, `folders`); each line after it is a word,
 * a tab, and what the word is. Whatever goes wrong, it says nothing: a person is typing.
 */
export async function complete(program: Command, words: readonly string[]): Promise<void> {
  try {
    const { suggestions, paths } = await completeWords(program, words, wordsIn(process.cwd()));
    process.stdout.write(`${paths}\n${suggestions.map(({ word, about }) => `${word}\t${printableLine(about)}\n`).join('')}`);
  } catch {
    // There is nothing to suggest.
  }
}
