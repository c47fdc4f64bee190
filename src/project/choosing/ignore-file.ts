import { FolderReader } from '../below/folder-reader.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { mostBytes } from './judge-content.ts';

/** In a project, the file whose patterns name what the team never gets to see, in the words of a `.gitignore`. */
const ignoreFileName = '.multiagentignore';

/** What a project keeps from the team. @param root Absolute, links followed. @throws the system's error if there is no such folder. */
export function readIgnoreFile(root: string): IgnoreRules {
  using reader = new FolderReader(root, mostBytes);
  const found = reader.read(ignoreFileName);
  return found.kind === 'read' ? new IgnoreRules().with('', new TextDecoder().decode(found.bytes)) : new IgnoreRules();
}
