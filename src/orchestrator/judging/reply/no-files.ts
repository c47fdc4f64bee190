import { callsOf } from '../../calls-of.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { fileFormat, type ReplyToCheck } from './reply-to-check.ts';

/** A reply that was to give files and gives none, or only repeats those that stand. */
export const noFiles: Checker<ReplyToCheck> = ({ step, kept, gaveBefore }) => {
  if (step.task.expects !== 'files' || kept.usable) return [];
  // Whoever calls tools gives files in the midst of its step, tries them, and says at its end that it is done.
  if (callsOf(step) !== undefined && gaveBefore) return [];
  const finding = { code: 'reply.no_files', remedy: 'correct' as const };
  if (kept.unchanged.length === 0) {
    const correction = `Your last reply contained no file. Give the complete files of this step now, each ${fileFormat}.`;
    return [{ ...finding, message: 'no file was given', correction }];
  }
  const message = `the files were only repeated as they stand (${kept.unchanged.join(', ')})`;
  const correction = `Your last reply changed nothing: ${message}. Give the complete files that change now, each ${fileFormat}.`;
  return [{ ...finding, code: 'reply.unchanged', message, correction }];
};
