import type { WorkStep } from './workloads.ts';

/** What one engine is to do once, in a process of its own. */
export interface Job {
  steps: WorkStep[];
  /** How many such runs happen at the same time. */
  runs: number;
  /** How many steps of one run happen at the same time at most. */
  atOnce: number;
  /** What a step is told: everything that was said before, or only what it depends on. */
  memory: 'all' | 'last';
  requirement: string;
}

/** What it cost, without the start of the process and a short warm-up run. */
export interface Cost {
  /** Milliseconds. */
  wall: number;
  /** Milliseconds of processor time, all threads. */
  processor: number;
  /** Megabytes: the peak of the process. */
  memory: number;
}
