import { z } from 'zod';

const relativePath = z
  .string()
  .regex(/^[\w.@+-][\w.@+ -]*(?:\/[\w.@+-][\w.@+ -]*)*$/, 'is no relative path with /')
  .refine((path) => !path.split('/').includes('..'), 'leads out of the folder');

const toolchains = ['python', 'node', 'go', 'rust', 'java', 'browser'] as const;

export type Toolchain = (typeof toolchains)[number];

/** What `task.yaml` says of a task. */
export const taskSchema = z.strictObject({
  title: z.string().min(3).max(80),
  /** The name of the folder that the task's folder lies in. */
  family: z.string(),
  language: z.enum(['python', 'javascript', 'typescript', 'go', 'rust', 'java', 'html', 'text']),
  /** `easy`: a coder of 1.5 billion parameters has a fair chance. */
  level: z.enum(['easy', 'medium', 'hard']),
  /** What a user would run for it. */
  workflow: z.enum(['feature-development', 'bug-fix', 'infrastructure', 'documentation', 'analysis']),
  /** What the team is tuned on, or what it is judged by. */
  split: z.enum(['tune', 'held-out']),
  /** The files that the requirement demands. */
  files: z.array(relativePath).min(1).max(12),
  /** What the check runs. */
  needs: z.array(z.enum(toolchains)).min(1),
  /** How long the check may take in all. */
  check_seconds: z.number().int().min(10).max(900).default(120),
});

export type TaskDescription = z.infer<typeof taskSchema>;
