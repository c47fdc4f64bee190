import { countTokens } from './fake-llama-server/tokenizer.ts';
import { teamFiles, type FilesTaskType, type TeamFile } from './team-files.ts';
import { teamNotes, type TextTaskType } from './team-notes.ts';

export type TeamTaskType = TextTaskType | FilesTaskType;

export interface TeamReplyOptions {
  taskType: TeamTaskType;
  /** Chooses the subject and so the names. Default 0. */
  seed?: number;
  /** About how long the reply is to be, by the fake server's count; never shorter than its shortest form. */
  tokens?: number;
}

const TEXT_TASK_TYPES: readonly TextTaskType[] = [
  'requirements_analysis',
  'architecture_design',
  'bug_analysis',
  'infrastructure_design',
  'documentation_requirements',
  'technical_review',
  'requirements_gathering',
  'technical_feasibility',
  'infrastructure_assessment',
  'final_analysis',
];

const FILES_TASK_TYPES: readonly FilesTaskType[] = [
  'implementation',
  'testing',
  'deployment',
  'documentation',
  'bug_fix',
  'regression_testing',
  'release_notes',
  'infrastructure_implementation',
  'infrastructure_testing',
  'infrastructure_documentation',
  'documentation_creation',
];

/** The 21 task types of the five workflow templates. */
export const TEAM_TASK_TYPES: readonly TeamTaskType[] = [...TEXT_TASK_TYPES, ...FILES_TASK_TYPES];

const SUBJECTS = ['todo', 'invoice', 'booking', 'recipe', 'ticket', 'coupon', 'habit', 'parcel'];

/** A plausible reply: Markdown with headings where text is expected, fenced `language:path` blocks where files are. The same options, the same reply. */
export function teamReply({ taskType, seed = 0, tokens = 0 }: TeamReplyOptions): string {
  return grow((units) => render(taskType, subjectOf(seed), units), tokens);
}

/** The files that the reply to the same options holds, byte for byte; none where text is expected. */
export function teamReplyFiles({ taskType, seed = 0, tokens = 0 }: TeamReplyOptions): TeamFile[] {
  if (!isFilesTaskType(taskType)) return [];
  const subject = subjectOf(seed);
  return teamFiles(
    taskType,
    subject,
    unitsFor((units) => render(taskType, subject, units), tokens),
  );
}

/** For `reply` of the fake server: answers every step that it knows, and anything else with one line. */
export function replyAsTeam(options: Omit<TeamReplyOptions, 'taskType'> = {}): (request: { taskType: string | undefined }) => string {
  return ({ taskType }) => {
    const known = TEAM_TASK_TYPES.find((name) => name === taskType);
    return known === undefined ? 'There is nothing to do.' : teamReply({ ...options, taskType: known });
  };
}

function isFilesTaskType(taskType: TeamTaskType): taskType is FilesTaskType {
  return (FILES_TASK_TYPES as readonly string[]).includes(taskType);
}

function subjectOf(seed: number): string {
  return SUBJECTS[seed % SUBJECTS.length] as string;
}

function render(taskType: TeamTaskType, subject: string, units: number): string {
  if (!isFilesTaskType(taskType)) return teamNotes(taskType, subject, units);
  return teamFiles(taskType, subject, units)
    .map(({ language, path, content }) => `\`\`\`${language}:${path}\n${content}\`\`\`\n`)
    .join('\n');
}

function grow(build: (units: number) => string, tokens: number): string {
  return build(unitsFor(build, tokens));
}

/** Every unit after the first costs about the same, so two measurements tell how many are needed. */
function unitsFor(build: (units: number) => string, tokens: number): number {
  const one = countTokens(build(1));
  const unit = countTokens(build(2)) - one;
  return Math.max(0, Math.round((tokens - one) / unit) + 1);
}
