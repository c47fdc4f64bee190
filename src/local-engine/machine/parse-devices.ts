import type { Gpu } from './machine.ts';

const mebibyte = 1024 * 1024;

/** Parses the output of `llama-server --list-devices`: the devices that this build uses. */
export function parseListedDevices(text: string): Gpu[] {
  return [...text.matchAll(/^[ \t]+(\S+): (.+) \((\d+) MiB, (\d+) MiB free\)[ \t\r]*$/gm)]
    .map(([, device = '', name = '', total, free]): Gpu => ({
      name: name.trim(),
      total: Number(total) * mebibyte,
      free: Number(free) * mebibyte,
      memory: /^(?:MTL|Metal)\d*$/i.test(device) ? 'shared' : 'own',
    }))
    .filter(({ total }) => total > 0);
}

/** Parses the output of `nvidia-smi --query-gpu=name,memory.total,memory.free --format=csv,noheader,nounits`. */
export function parseNvidiaDevices(text: string): Gpu[] {
  return [...text.matchAll(/^(.+), (\d+), (\d+)\s*$/gm)].map(([, name = '', total, free]) => ({
    name: name.trim(),
    total: Number(total) * mebibyte,
    free: Number(free) * mebibyte,
    memory: 'own',
  }));
}
