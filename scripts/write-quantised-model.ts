import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quantisedModel } from './quantised-model.ts';

/** Writes the model that a freshly compiled llama-server is tried out with. */
writeFileSync(join(import.meta.dirname, '..', 'models', 'quantised-noise.gguf'), quantisedModel());
