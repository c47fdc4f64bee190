/** What decides which models a machine can run, and how. Sizes are bytes. */
export interface Machine {
  memory: {
    /** The most that this program may use: a container may have less than its machine. */
    total: number;
    available: number;
  };
  processors: {
    /** Processors that this program may use. */
    usable: number;
    /** Processors of the hardware. */
    present: number;
  };
  /** The GPUs that the model server uses. */
  gpus: Gpu[];
  /** Names of the GPUs that the model server does not use. */
  idleGpus: string[];
}

export interface Gpu {
  name: string;
  total: number;
  free: number;
  /** `shared`: the GPU uses main memory. */
  memory: 'own' | 'shared';
}
