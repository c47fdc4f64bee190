/** One of the five who make up the team. */
export interface Role {
  /** As workflows and settings name it. */
  id: 'business_analyst' | 'developer' | 'qa_engineer' | 'devops_engineer' | 'technical_writer';
  /** The id of the agent that plays it. */
  agentId: string;
  /** As people and models read it. */
  title: string;
}

export type RoleId = Role['id'];

/** In the order of their first turn. */
export const roles = [
  { id: 'business_analyst', agentId: 'ba_001', title: 'Business Analyst' },
  { id: 'developer', agentId: 'dev_001', title: 'Developer' },
  { id: 'qa_engineer', agentId: 'qa_001', title: 'QA Engineer' },
  { id: 'devops_engineer', agentId: 'devops_001', title: 'DevOps Engineer' },
  { id: 'technical_writer', agentId: 'writer_001', title: 'Technical Writer' },
] as const satisfies readonly Role[];
