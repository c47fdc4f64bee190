import process from 'node:process';
import type { Cost, Job } from './job.ts';
import type { WorkStep } from './workloads.ts';

/** A message as servers take it. */
interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Does a job after a short warm-up run and prints what it cost. */
export async function measured(job: Job, run: (steps: WorkStep[]) => Promise<void>): Promise<void> {
  await run(job.steps.slice(0, 6));
  const processor = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: job.runs }, () => run(job.steps)));
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(processor);
  const cost: Cost = { wall, processor: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1000 };
  process.stdout.write(`${JSON.stringify(cost)}
`);
}

const roles = ['business analyst', 'developer', 'QA engineer', 'DevOps engineer', 'technical writer'];

/**
 * The system message of a step's agent: each engine's own examples give every agent one of its own.
 * @public for bench/peers
 */
export function systemOf(index: number): string {
  return `You are the ${roles[index % roles.length]} of a software team. You work carefully, keep to what was asked, and answer in plain words that your colleagues can build on. Say what you have decided and why, and leave out what is not needed for the next step.`;
}

/**
 * What a step's agent is asked.
 * @public for bench/peers
 */
export function messageOf(id: string): string {
  return `Write the notes of ${id}. Take what your colleagues wrote into account, name each decision in a line of its own, and end with what is still open.`;
}

/**
 * Asks the server without any library in between, which is the least that an engine can spend.
 * @public for bench/peers
 */
export async function ask(address: string, messages: readonly Message[]): Promise<string> {
  const response = await fetch(`${address}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'fake', messages }),
  });
  const { choices } = (await response.json()) as { choices: { message: Message }[] };
  return choices[0]?.message.content ?? '';
}
