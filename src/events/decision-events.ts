import { z } from 'zod';
import { momentSchema } from './moment.ts';

/** The type of an answer. `choice`: one of these texts. */
export const answerTypeSchema = z.union([
  z.enum(['text', 'number', 'boolean']),
  z.strictObject({ choice: z.array(z.string().trim().min(1).max(200)).min(1).max(50) }),
]);
export type AnswerType = z.infer<typeof answerTypeSchema>;

/** An answer, in the type that was asked for. */
export const answerSchema = z.union([z.string(), z.number(), z.boolean()]);
export type Answer = z.infer<typeof answerSchema>;

/** A file as it was shown. */
const shownFile = z.object({
  path: z.string(),
  /** Absent: it was shown that the run removes it. */
  sha256: z.string().optional(),
  /** The run's own version, if somebody had changed the file on the disk: that is what was shown. */
  recorded: z.string().optional(),
  /** The task that wrote or removed it. */
  task: z.string(),
});
/** A file as it was shown for a decision. */
export type ShownFile = z.infer<typeof shownFile>;

/** What people are asked, and what they decide. */
export const decisionEvents = {
  /** A task asks a person. It is recorded before anybody is asked. A later one of the same task replaces it. */
  'task.asked': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** 1, 2, 3 …: how often it was decided before, and one more. */
      round: z.number().int().min(1),
      wants: z.enum(['approval', 'answer']),
      ask: z.string(),
      /** The type of the answer, if one is wanted. */
      answer: answerTypeSchema.optional(),
      /** The answer if nobody gives one in time. */
      default: answerSchema.optional(),
      /** What becomes of a rejection, if an approval is wanted. */
      onReject: z.enum(['rework', 'fail']).optional(),
      /** The decision is about exactly these contents. */
      shown: z.array(shownFile),
      /** How the shown files differ from what they are compared with, as `patch` reads it. It holds what a model wrote: not safe to print as it is. */
      diff: z.string(),
      /** How many lines of the diff were left out. */
      leftOut: z.number().int().nonnegative(),
      /** `project`: the files of the project. `decision`: what was shown when this task was last decided. */
      against: z.enum(['project', 'decision']),
      /** Until when it can be decided, in milliseconds since 1970. Absent: at any time. */
      until: momentSchema.optional(),
    }),
  },
  /** What a person, or the time, has decided. The first decision counts, and its task goes on. */
  'task.decided': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** `escalated`: nobody decided in time, and another step asks. */
      decision: z.enum(['approved', 'rejected', 'answered', 'escalated']),
      /** Who decided. `timeout`: nobody did in time. */
      by: z.string(),
      comment: z.string().optional(),
      answer: answerSchema.optional(),
      /** The person's own versions of files that were shown; the contents are in the store. */
      edits: z.array(z.object({ path: z.string(), sha256: z.string() })).optional(),
      /** The sequence of the event that asked. */
      asked: z.number().int(),
      /** What was shown when it was decided. */
      shown: z.array(shownFile),
    }),
  },
} as const;
