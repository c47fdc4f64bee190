/** `full` for models with room and patience for detail, `brief` for smaller ones, `plain` for models that need one sentence about the thing to be delivered. */
export type InstructionLength = 'full' | 'brief' | 'plain';

/** The settings of one role as the configuration holds them: texts, numbers or lists of these. */
export type RolePreferences = Readonly<Record<string, unknown>>;

/** Instructions in each length. */
export interface InstructionText extends Readonly<Record<InstructionLength, string>> {
  /** What the built-in workflows call this step; absent where the text belongs to no step. */
  readonly description?: string | undefined;
  /** What the text asks for; absent where it belongs to no step. */
  readonly expects?: 'text' | 'files' | undefined;
}

/** Where nothing shorter is to be said, the next longer form serves. */
export function instructionText(
  given: { [Key in keyof InstructionText]?: InstructionText[Key] | undefined } & { full: string },
): InstructionText {
  const { full, brief = full, plain = brief, description, expects } = given;
  return { full: full.trim(), brief: brief.trim(), plain: plain.trim(), description, expects };
}

/** Puts settings in place of `{{name}}`. A line that has such places and nothing to put into any of them is left out. */
export function fillInstruction(text: string, settings: RolePreferences): string {
  return text
    .split('\n')
    .flatMap((line) => {
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
  // A setting fills a place within a line: a line break in it would change the structure around it.
  return typeof value === 'string' || typeof value === 'number' ? String(value).replaceAll(/\s+/g, ' ').trim() : '';
}
