import type { AgentReply } from '../../agents/task-session.ts';
import type { MendedFile } from '../../files/findings/mend-result.ts';
import type { Finding } from '../../agents/loop/finding.ts';

/** One reply to an assignment of one file, and what can be seen in it without running it. */
export interface Candidate {
  reply: AgentReply;
  /** The exchange that it came from. */
  activity: string;
  /** Undefined where the reply holds no such file. */
  content: string | undefined;
  language?: string | undefined;
  range: [number, number];
  /** The content with what could be mended beyond doubt, and what that was. */
  mended?: MendedFile | undefined;
  findings: Finding[];
  /** It is an answer in words, in a step where one serves. */
  answers?: true | undefined;
  /** How many of the requirement's examples hold for it, where they were tried. */
  held?: number | undefined;
}
