/** `full` for models that can use detail, `brief` for smaller ones, `plain` for models that need one sentence about what to deliver. */
export type InstructionLength = 'full' | 'brief' | 'plain';

/** `run`: what the team writes is run after the step that wrote it. `written`: nobody runs it. */
export type TestsInRun = 'run' | 'written';

/** The settings of one role from the configuration: texts, numbers or lists of these. */
export type RolePreferences = Readonly<Record<string, unknown>>;

/** Instructions in each length. */
export interface InstructionText extends Readonly<Record<InstructionLength, string>> {
  /** The description of this step in the built-in workflows. Absent if the text belongs to no step. */
  readonly description?: string | undefined;
  /** What the text asks for. Absent if it belongs to no step. */
  readonly expects?: 'text' | 'files' | undefined;
}

/** Where a length is missing, the next longer form is used. */
export function instructionText(
  given: { [Key in keyof InstructionText]?: InstructionText[Key] | undefined } & { full: string },
): InstructionText {
  const { full, brief = full, plain = brief, description, expects } = given;
  return { full: full.trim(), brief: brief.trim(), plain: plain.trim(), description, expects };
}

/** With them a line begins that counts only where tests are run, or only where they are not. */
const conditions: Readonly<Record<string, TestsInRun>> = { '{{where_tests_run}}': 'run', '{{where_tests_are_written}}': 'written' };

/** The lines that are true of a run in which tests are run, or are only written. */
export function linesFor(text: string, tests: TestsInRun): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const condition = Object.keys(conditions).find((mark) => line.startsWith(mark));
      if (condition === undefined) return [line];
      return conditions[condition] === tests ? [line.slice(condition.length)] : [];
    })
    .join('\n');
}

/** Replaces `{{name}}` by the setting. A line whose places are all left empty is dropped. */
export function fillInstruction(text: string, settings: RolePreferences): string {
  return text
    .split('\n')
    .flatMap((line) => {
      if (!line.includes('{{')) return [line];
      const values = [...line.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => settingText(settings[name ?? '']));
      if (values.length > 0 && values.every((value) => value === '')) return [];
      return [line.replaceAll(/\{\{\w+\}\}/g, () => values.shift() ?? '')];
    })
    .join('\n')
    .trim();
}

function settingText(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map(settingText)
      .filter((text) => text !== '')
      .join(', ');
  // A setting fills a place within a line. A line break in it would change the structure around it.
  return typeof value === 'string' || typeof value === 'number' ? String(value).replaceAll(/\s+/g, ' ').trim() : '';
}
