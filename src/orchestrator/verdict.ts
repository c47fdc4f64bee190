import { z } from 'zod';

/** From what makes the work useless to what could be nicer. */
const severities = ['critical', 'major', 'minor'] as const;

/** One thing that a judge found. */
export interface VerdictFinding {
  /** Of the run; empty: it is about no one file. */
  file: string;
  /** From 1; 0: it is about no one line. */
  line: number;
  severity: (typeof severities)[number];
  text: string;
}

/** What a judge says of the work. `approved`: nothing critical or major is left to do. */
export interface Verdict {
  verdict: 'approved' | 'needs_work';
  findings: VerdictFinding[];
}

/** More are told of no work: nobody mends more at once. */
export const mostFindings = 20;

/** As a model gives it. */
export const verdictSchema = z.object({
  verdict: z.enum(['approved', 'needs_work']),
  findings: z
    .array(
      z.object({
        file: z.string().describe('its path, or empty'),
        line: z.int().nonnegative(),
        severity: z.enum(severities),
        text: z.string().describe('what is wrong, in one or two sentences'),
      }),
    )
    .max(mostFindings),
});

/** The verdict among the outputs of a task; undefined for a task that has none. */
export function verdictOf(outputs: Readonly<Record<string, unknown>> | undefined): Verdict | undefined {
  const parsed = verdictSchema.safeParse(outputs?.['json']);
  return parsed.success && outputs?.['verdict'] === parsed.data.verdict ? parsed.data : undefined;
}

/** A finding for people and models, in one line. */
export function findingLine({ file, line, severity, text }: VerdictFinding): string {
  const place = file === '' ? '' : ` in ${file}${line > 0 ? `, line ${line}` : ''}`;
  return `${severity}${place}: ${text.replaceAll(/\s+/g, ' ').trim()}`;
}
