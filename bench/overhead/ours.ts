/** Runs a workload with this program and prints what it cost. Arguments: the address of the server, and the job as JSON. */
import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import type { Job } from './job.ts';
import { measured } from './measured.ts';

const [address = '', json = ''] = process.argv.slice(2);
const job = JSON.parse(json) as Job;
const workspace = await mkdtemp(join(tmpdir(), 'bench-ours-'));
const orchestrator = new AgentOrchestrator({
  workspace,
  config: {
    workspace,
    output_directory: join(workspace, 'output'),
    llm_base_url: address,
    max_concurrent_agents: job.atOnce,
    prompt_layout: job.memory === 'all' ? 'transcript' : 'contract',
  },
});
const roles = ['business_analyst', 'developer', 'qa_engineer', 'devops_engineer', 'technical_writer'] as const;
const run = async (steps: Job['steps']) => {
  const result = await orchestrator.executeWorkflow({
    definition: {
      name: 'bench',
      title: 'Bench',
      description: 'Bench',
      steps: steps.map(({ id, needs }, index) => ({
        id,
        kind: 'agent' as const,
        role: roles[index % roles.length]!,
        task_type: 'requirements_analysis',
        description: `Write the notes of ${id}.`,
        expects: 'text' as const,
        depends_on: needs,
        priority: 1,
      })),
    },
    requirement: job.requirement,
    files: [],
    context: {},
  });
  if (result.status !== 'completed') throw new Error(`the run ended as ${result.status}: ${result.error}`);
};
try {
  await measured(job, run);
} finally {
  await orchestrator.close();
  await rm(workspace, { recursive: true });
}
