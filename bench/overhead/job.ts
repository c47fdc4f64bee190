import type { WorkStep } from './workloads.ts';

/** What one engine is to do once, in a process of its own. */
export interface Job {
  steps: WorkStep[];
  /** How many such runs at the same time. */
  runs: number;
  /** How many steps of one run at most at the same time. */
  atOnce: number;
  /** What a step is told: everything that was said before, or only what it rests on. */
  memory: 'all' | 'last';
  requirement: string;
}

/** What it cost, without the start of the process and a short run beforehand. */
export interface Cost {
  /** Milliseconds. */
  wall: number;
  /** Milliseconds of processor time, all threads. */
  processor: number;
  /** Megabytes, the most that the process ever had. */
  memory: number;
}
