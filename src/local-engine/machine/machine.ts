/** What of a machine decides which model it can run, and how. Sizes are bytes. */
export interface Machine {
  memory: {
    /** What this program may use at most: a container may have less than its machine. */
    total: number;
    available: number;
  };
  processors: {
    /** That this program may use. */
    usable: number;
    /** That a program which looks at the hardware sees. */
    present: number;
  };
  /** Those that the model server uses. */
  gpus: Gpu[];
  /** Names of those that are here and that the model server does not use. */
  idleGpus: string[];
}

export interface Gpu {
  name: string;
  total: number;
  free: number;
  /** `shared`: it is the same memory that the programs use. */
  memory: 'own' | 'shared';
}
