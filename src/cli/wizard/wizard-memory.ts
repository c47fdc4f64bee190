import { dirname } from 'node:path';
import { workspacePlaces } from '../../utils/workspace-places.ts';
import { z } from 'zod';
import { isTrulyInside } from '../../config/folders.ts';
import { serversOf } from '../../config/server-addresses.ts';
import { writeAtomically } from '../../files/disk/write-atomically.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { ensureOwnFolder } from '../../utils/own-folder.ts';
import { readRegularFile } from '../../utils/read-regular-file.ts';

const memorySchema = z.object({
  workflow: z.string().optional(),
  /** `file`: where it is, or where the text that was written is kept. */
  requirement: z.object({ source: z.enum(['typed', 'editor', 'pasted', 'file']), file: z.string().optional() }).optional(),
  /** Without user name and password. */
  address: z.string().optional(),
  model: z.string().optional(),
  files: z.array(z.string()).optional(),
});

/** What was chosen last time in a workspace; paths are absolute. It never holds a key, nor the consent to use another machine. */
export type WizardMemory = z.infer<typeof memorySchema>;

const fileOf = (workspace: string) => workspacePlaces(workspace).wizard;

const mostOfMemory = 64 * 1024;

/** The file may have come with the project, so only proposals on this machine and inside the project are used. */
function withinRights({ address, files, requirement, ...others }: WizardMemory, workspace: string): WizardMemory {
  const isInside = (path: string) => isTrulyInside(workspace, path);
  const isHere = address !== undefined && serversOf(address).every((server) => isLoopbackAddress(server.address));
  const hasOwnFile = requirement?.file === undefined || isInside(requirement.file);
  const inside = files?.filter(isInside);
  return {
    ...others,
    ...(isHere ? { address } : {}),
    ...(inside === undefined || inside.length === 0 ? {} : { files: inside }),
    ...(requirement === undefined || !hasOwnFile ? {} : { requirement }),
  };
}

/** Empty if there is no file, or if it cannot be read: these are only defaults. */
export async function readWizardMemory(workspace: string): Promise<WizardMemory> {
  try {
    const memory = memorySchema.parse(JSON.parse(readRegularFile(fileOf(workspace), mostOfMemory).toString()));
    return withinRights(memory, workspace);
  } catch {
    return {};
  }
}

/** A failure to write is ignored: next time there are no defaults. */
export async function writeWizardMemory(workspace: string, memory: WizardMemory): Promise<void> {
  try {
    const file = fileOf(workspace);
    await ensureOwnFolder(dirname(file));
    // The file is replaced, not written to: a link of that name, which may have come with the project, could lead anywhere.
    await writeAtomically({ file, content: Buffer.from(`${JSON.stringify(memorySchema.parse(memory), undefined, 2)}\n`), mode: 0o600 });
  } catch {
    // See above.
  }
}
