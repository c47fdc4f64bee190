import { pathMatcher } from '../../project/choosing/path-patterns.ts';
import type { ToolRisk } from '../tool.ts';
import { matchesCommand } from './matches-command.ts';
import type { AllowedCalls, Permissions, PolicyAnswer } from './permissions.ts';

/** What there is to decide about a call. */
export interface CallToDecide {
  tool: string;
  risk: ToolRisk;
  /** Undefined if the call has none, or it is no text. */
  firstArgument: string | undefined;
}

/** Whether a call may be made. A risk that is refused is refused whatever the patterns say. */
export function decide(call: CallToDecide, { risks, allowed }: Permissions): PolicyAnswer {
  const answer = risks[call.risk];
  return answer === 'ask' && allowed.some((calls) => covers(calls, call)) ? 'allow' : answer;
}

function covers(allowed: AllowedCalls, call: CallToDecide): boolean {
  const { firstArgument } = call;
  if (allowed.tool !== call.tool) return false;
  if ('calls' in allowed) return true;
  if (firstArgument === undefined) return false;
  return call.risk === 'execute' ? matchesCommand(allowed.pattern, firstArgument) : matchesPath(allowed.pattern, firstArgument);
}

/** A path that leads elsewhere than it seems to is covered by no pattern, and neither is anything by a pattern that is none. */
function matchesPath(pattern: string, path: string): boolean {
  if (path.split(/[\\/]/).includes('..')) return false;
  try {
    return pathMatcher([pattern])(path);
  } catch {
    return false;
  }
}
