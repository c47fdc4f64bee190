import { userInfo } from 'node:os';

/** The name under which decisions of whoever uses the command are recorded: as the system calls them. */
export function ownName(): string {
  try {
    return userInfo().username || 'person';
  } catch {
    // There are containers without a name for their user.
    return 'person';
  }
}
