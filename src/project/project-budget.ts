/** How many tokens of a prompt the project that is there already may take, by the estimate. */
export interface ProjectBudget {
  /** What stands before the requirement: conventions, skills and the map. */
  standing: number;
  /** What was chosen for the requirement: whole files, and names in others. */
  chosen: number;
}

export interface ProjectBudgetOptions {
  /** What one request may hold, prompt and reply together. Undefined where the model server does not tell. */
  contextTokens: number | undefined;
  /** The sum, if a person has decided it. */
  wanted?: number | undefined;
}

/** A longer map says little more, and is read in every run whose beginning the server does not hold any more. */
const mostStanding = 4000;
const unknown: ProjectBudget = { standing: 2000, chosen: 6000 };

/**
 * An eighth of the context for what stands, and a quarter for what was chosen: more than half is left for what the team says and writes. Nothing but these
 * numbers decides, so that two runs with the same model show the same.
 */
export function projectBudget({ contextTokens, wanted }: ProjectBudgetOptions): ProjectBudget {
  if (wanted !== undefined) {
    const standing = Math.min(mostStanding, Math.floor(wanted / 3));
    return { standing, chosen: wanted - standing };
  }
  if (contextTokens === undefined) return unknown;
  return { standing: Math.min(mostStanding, Math.floor(contextTokens / 8)), chosen: Math.floor(contextTokens / 4) };
}
