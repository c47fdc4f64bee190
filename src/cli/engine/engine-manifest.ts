import { enginePackage } from '../../local-engine/embedded/native-library.ts';

/** Builds for GPUs: hundreds of megabytes that the embedded engine does not use, because it computes on the processor. */
const unused = ['linux-x64-cuda', 'linux-x64-cuda-ext', 'linux-x64-vulkan', 'win-x64-cuda', 'win-x64-cuda-ext', 'win-x64-vulkan'];

/** An empty package that replaces each of them, in the folder of the same name. */
export const standIn = { name: 'no-gpu-build', manifest: { name: 'no-gpu-build', version: '1.0.0', private: true } } as const;

/** The `package.json` of the folder that holds the engine; npm does the rest. */
export function engineManifest(): object {
  return {
    private: true,
    dependencies: { [enginePackage.name]: enginePackage.version },
    overrides: Object.fromEntries(unused.map((build) => [`@${enginePackage.name}/${build}`, `file:./${standIn.name}`])),
  };
}
