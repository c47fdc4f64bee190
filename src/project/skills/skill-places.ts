import { join } from 'node:path';

/** Where skills are looked for. */
export interface SkillPlaces {
  /** Absolute: the project's folder. It is input: its links are not followed. */
  workspace: string;
  /** Absolute: the person's folder for all projects; its skills are in `skills`, and its links may lead anywhere. Default: none. */
  ownFolder?: string | undefined;
}

export interface SkillPlace {
  /** Absolute. */
  root: string;
  /** The folder of skills: a path below `root`. */
  folder: string;
  links: 'refused' | 'followed';
}

/** In the project, the nearest first: of two skills with the same name the nearer one counts. */
const projectFolders = ['.multiagent/skills', '.agents/skills', '.claude/skills', 'skills'];

/** The folders that may hold skills, the nearest first. */
export function skillPlaces({ workspace, ownFolder }: SkillPlaces): SkillPlace[] {
  return [
    ...projectFolders.map((folder): SkillPlace => ({ root: workspace, folder, links: 'refused' })),
    ...(ownFolder === undefined ? [] : [{ root: join(ownFolder, 'skills'), folder: '', links: 'followed' as const }]),
  ];
}
