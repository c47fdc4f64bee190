import { z } from 'zod';
import { activityKind } from './activity-kind.ts';

/**
 * Reading files of the project, to show them to the model: it asked for them, it wrote one that it had not seen, or the task is to change one that nobody was
 * shown. Or choosing which files of the run stand whole in a task's message, where not all of them fit. A task that continues shows what was read then, and reads
 * nothing again.
 */
export const readActivity = activityKind({
  name: 'read',
  started: z.object({
    /** As the model wrote them, or the paths of files in the project. Empty for `standing`: those that stand. */
    paths: z.array(z.string()),
    why: z.enum(['asked', 'unseen', 'assigned', 'standing']),
  }),
  completed: z.object({
    files: z.array(
      z.object({
        path: z.string(),
        /** `outline`: its signatures, because all of it would not fit. `not`: it was refused, or has none. */
        shown: z.enum(['whole', 'outline', 'not']),
        /** Of the content that was read, which the store keeps. Absent: it was not read. */
        sha256: z.string().optional(),
        /** It is no longer what it was when the run began. */
        changed: z.boolean().optional(),
      }),
    ),
    /** The hash of the text that shows them; the store keeps it. */
    rendered: z.string(),
  }),
});
