import { mapProject } from '../../../src/project/map/map-project.ts';
import type { ProjectMap } from '../../../src/project/map/project-map.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';

/** The map of a project that is nowhere on the disk: contents by path. */
export function mapOf(files: Readonly<Record<string, string>>): Promise<ProjectMap> {
  const paths = Object.keys(files);
  return mapProject(
    {
      root: '/nowhere',
      files: paths.map((path) => ({ path, bytes: Buffer.byteLength(files[path]!), sha256: hashContent(files[path]!) })),
      read: (path) => Promise.resolve(files[path]),
    },
    {},
  );
}
