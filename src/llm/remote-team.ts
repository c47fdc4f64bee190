import type { ChatMessage } from './chat-model.ts';

/** Something that happens in a team elsewhere while it works. The words are those of its server. */
export interface RemoteProgress {
  /** The part of the work, as in `PLAN`. */
  stage?: string | undefined;
  /** Who works, as in `Mantis #2`. */
  agent?: string | undefined;
  message: string;
  /** How far it is, from 1, and of how much. */
  step?: { now: number; of: number } | undefined;
}

/** Something that a team elsewhere has made and kept. Only its name is known here; nothing of it is on this machine. */
export interface RemoteResource {
  type: string;
  name: string;
  path?: string | undefined;
}

/** What came of a piece of work. */
export interface RemoteResult {
  /** What the team says; files that it gives stand in it as in any reply. */
  text: string;
  created: readonly RemoteResource[];
  /** Where what it made can be used. */
  address?: string | undefined;
}

/** Work that has begun: under an id, or already done by those who have none. */
export type RemoteBeginning = { id: string } | { result: RemoteResult };

export interface FollowOptions {
  signal: AbortSignal;
  /** Awaited: what is told is recorded before more is read. */
  onProgress: (progress: RemoteProgress) => Promise<void>;
}

/** A team elsewhere that does whole steps. Its errors are ModelErrors, whose kind says what to do. */
export interface RemoteTeam {
  /** Hands a piece of work over. */
  begin(messages: readonly ChatMessage[], options: FollowOptions): Promise<RemoteBeginning>;
  /**
   * Follows work until it has ended, whoever handed it over. Aborting ends the following, and not the work.
   * @throws ModelError `remote.unknown_task` where the server does not know it any more, `remote.failed`.
   */
  follow(id: string, options: FollowOptions): Promise<RemoteResult>;
  /** Asks the server to end it. Never fails: whether it does is its business. */
  cancel(id: string): Promise<void>;
}
