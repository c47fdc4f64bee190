import type { BaseAgent } from '../agents/base-agent.ts';

/** What the agents of a team are doing. */
export interface SystemStatus {
  totalAgents: number;
  /** By the agent's id. */
  agents: Record<string, { role: string; status: string; currentTask: string | null; completedTasks: number }>;
  totalTasksCompleted: number;
  /** ISO 8601, UTC. */
  timestamp: string;
}

/** @param now Milliseconds since 1970. */
export function systemStatus(agents: readonly BaseAgent[], now: number): SystemStatus {
  const statuses = agents.map((agent) => agent.getStatus());
  return {
    totalAgents: statuses.length,
    agents: Object.fromEntries(
      statuses.map(({ id, role, status, currentTasks, completedTasks }) => [
        id,
        { role, status, currentTask: currentTasks[0] ?? null, completedTasks },
      ]),
    ),
    totalTasksCompleted: statuses.reduce((sum, { completedTasks }) => sum + completedTasks, 0),
    timestamp: new Date(now).toISOString(),
  };
}
