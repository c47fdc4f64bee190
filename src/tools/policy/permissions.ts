import type { ToolRisk } from '../tool.ts';

export type PolicyAnswer = 'allow' | 'ask' | 'refuse';

/** Calls that a person has allowed once and for all. */
export type AllowedCalls =
  | {
      tool: string;
      /**
       * Of the first argument: for paths as in `src/**` (`*` within a folder, `**` across them), for commands as in `npm test *`, where `*` stands for anything that starts no
       * second command.
       */
      pattern: string;
    }
  /** A tool of others: what its arguments mean is not known here. */
  | { tool: string; calls: 'all' };

/** What calls may do without asking. Only the person decides, never the project. */
export interface Permissions {
  /** What is allowed for the session is `allow` here. */
  risks: Readonly<Record<ToolRisk, PolicyAnswer>>;
  allowed: readonly AllowedCalls[];
}

/** Looking at the project is free, all else is asked for. */
export const defaultPermissions: Permissions = { risks: { read: 'allow', write: 'ask', execute: 'ask', network: 'ask' }, allowed: [] };
