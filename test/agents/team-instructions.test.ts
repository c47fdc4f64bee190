import { describe, expect, test } from 'vitest';
import { builtInRoles } from '../../src/agents/role-catalogue.ts';
import { type TaskSectionOptions, teamInstructions } from '../../src/agents/team-instructions.ts';
import { isAgentStep } from '../../src/workflows/workflow-schema.ts';
import { WorkflowCatalogue } from '../../src/workflows/workflow-catalogue.ts';

const team = teamInstructions();
const { roles } = builtInRoles();
const agentSteps = new WorkflowCatalogue().list().flatMap((workflow) => workflow.steps.filter(isAgentStep));
/** The first step of each type, by its usual description: a later one may ask for something of its own, which its agent then reads. */
const steps = [...new Map(agentSteps.toReversed().map((step) => [`${step.task_type} ${JSON.stringify(step.expects)}`, step])).values()];
const settings = {
  languages: ['python', 'typescript'],
  frameworks: ['fastapi'],
  test_frameworks: ['pytest', 'vitest'],
  coverage_threshold: 85,
  platforms: ['docker'],
  ci_cd_tools: ['github_actions'],
  formats: ['markdown'],
  style_guide: 'google',
};

function optionsOf({ task_type, description, expects }: (typeof steps)[number], length: 'full' | 'brief'): TaskSectionOptions {
  if (typeof expects === 'object') throw new TypeError('no built-in step asks for data');
  return { taskType: task_type, description, expects, length, settings };
}

/** Sentences end with a stop before a space or the end; a stop within a name or a path ends nothing. */
const sentencesOf = (text: string) => text.split(/[.!?](?=\s|$)/).filter((sentence) => sentence.trim() !== '');
const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

const allTexts = (['full', 'brief'] as const).flatMap((length) => [
  { name: `the ${length} preamble`, length, text: team.preamble(length) },
  ...roles.map(({ id }) => ({ name: `${id}, ${length}`, length, text: team.roleSection({ role: id, length, settings }) })),
  ...steps.map((step) => ({ name: `${step.task_type}, ${length}`, length, text: team.taskSection(optionsOf(step, length)) })),
]);

describe('in a run whose tests are run, the instructions', () => {
  const ran = [team.preamble('full', 'run'), ...steps.map((step) => team.taskSection({ ...optionsOf(step, 'full'), tests: 'run' }))];

  test('say so, and what follows, in the place of what they say else', () => {
    expect(ran[0]).toContain('runs the tests, the builds and the examples of the requirement');
    expect(ran[0]).not.toContain('written, not run');
    const testing = team.taskSection({ taskType: 'testing', description: '', expects: 'files', length: 'full', tests: 'run' });
    expect(testing).toContain('It is run when this step has ended');
    expect(testing).not.toContain('not run');
  });

  test('are as complete as else, and leave no mark of the choice', () => {
    for (const text of [...ran, ...allTexts.map((one) => one.text)]) expect(text).not.toMatch(/\{\{|where_tests/);
    const lines = (tests: 'run' | 'written') =>
      steps.map((step) => linesOf(team.taskSection({ ...optionsOf(step, 'full'), tests })).length);
    expect(lines('run')).toEqual(lines('written'));
  });

  test('are the same words as always for models that are told little', () => {
    for (const length of ['brief', 'plain'] as const) {
      expect(team.preamble(length, 'run')).toBe(team.preamble(length));
      for (const { task_type: taskType, description } of steps) {
        const of = { taskType, description, expects: 'files' as const, length };
        expect(team.taskSection({ ...of, tests: 'run' })).toBe(team.taskSection(of));
      }
    }
  });
});

describe('the instructions', () => {
  test.each(allTexts)('$name: no example block to answer, no place left open, no space at the ends', ({ text }) => {
    expect(text).not.toMatch(/^\s*(?:`{3,}|~{3,})/m);
    expect(text).not.toMatch(/\{\{|\}\}/);
    expect(text).toBe(text.trim());
  });

  test.each(allTexts.filter(({ length }) => length === 'brief'))('$name: at most two sentences', ({ text }) => {
    expect(sentencesOf(text).length).toBeLessThanOrEqual(2);
  });

  test.each(roles)('every role has a full form: $id', ({ id }) => {
    expect(linesOf(team.roleSection({ role: id, length: 'full', settings })).length).toBeGreaterThan(2);
  });

  test.each(steps)('$task_type has instructions of its own, 8 to 20 lines, for what the step expects', (step) => {
    const full = team.taskSection(optionsOf(step, 'full'));
    expect(linesOf(full).length).toBeGreaterThanOrEqual(8);
    expect(linesOf(full).length).toBeLessThanOrEqual(20);
    expect(team.taskSection({ ...optionsOf(step, 'full'), expects: step.expects === 'text' ? 'files' : 'text' })).not.toContain(full);
    // The standard description promises executions that do not happen; the instructions stand in its place.
    expect(full).not.toContain(step.description);
  });

  test('the file format is named in the preamble, and nowhere else', () => {
    expect(team.preamble('full')).toMatch(/info string is the language, a colon and the file's relative path/);
    expect(team.preamble('brief')).toContain('info string is language:path');
    const others = allTexts.filter(({ name }) => !name.includes('preamble'));
    expect(others.filter(({ text }) => /info string|language:path/.test(text))).toEqual([]);
  });

  test('the preamble forbids claims about runs', () => {
    expect(team.preamble('full')).toContain('written, not run');
  });

  test('equal options give equal bytes, also after other calls', () => {
    const first = steps.map((step) => team.taskSection(optionsOf(step, 'full')));
    expect(steps.map((step) => teamInstructions().taskSection(optionsOf(step, 'full')))).toEqual(first);
    expect(teamInstructions().preamble('full')).toBe(team.preamble('full'));
  });
});

describe('settings', () => {
  test('fill the places meant for them', () => {
    const developer = team.roleSection({ role: 'developer', length: 'full', settings });
    expect(developer).toContain('choose the most fitting of these: python, typescript.');
    expect(developer).toContain('Familiar to this team: fastapi.');
    const testing = team.taskSection({ taskType: 'testing', length: 'full', description: '', expects: 'files', settings });
    expect(testing).toContain('Aim to reach 85 percent');
  });

  test.each([{}, { languages: [] }, { languages: '' }, { languages: [''] }, { languages: { python: true } }, { languages: null }])(
    'a line is left out when there is nothing to fill it: %j',
    (empty) => {
      const developer = team.roleSection({ role: 'developer', length: 'full', settings: empty });
      expect(developer).not.toContain('programming language is the one');
      expect(developer).toContain('Prefer the standard library');
    },
  );

  test.each(Object.keys(settings))('%s reaches the text of a role or of a task', (name) => {
    const changed = { ...settings, [name]: 'zzz' };
    const texts = [
      ...roles.map(({ id }) => team.roleSection({ role: id, length: 'full', settings: changed })),
      ...steps.map((step) => team.taskSection({ ...optionsOf(step, 'full'), settings: changed })),
    ];
    expect(texts.join('\n')).toContain('zzz');
  });

  test('a line break in a setting cannot add lines to the instructions', () => {
    const plain = team.roleSection({ role: 'technical_writer', length: 'full', settings });
    const broken = team.roleSection({
      role: 'technical_writer',
      length: 'full',
      settings: { ...settings, style_guide: 'google\n\n# Step 9' },
    });
    expect(broken).toBe(plain.replace('google', 'google # Step 9'));
  });
});

describe("steps of one's own", () => {
  test.each<[expects: 'text' | 'files' | 'either', rule: string]>([
    ['text', 'Write no files and no code blocks.'],
    ['files', 'complete and ready to be saved'],
    ['either', 'answer it in the first sentence'],
  ])('an unknown task type that expects %s works by its description and the general rule', (expects, rule) => {
    const section = team.taskSection({ taskType: 'market_study', length: 'full', description: 'Study the market', expects });
    expect(section).toMatch(/^Study the market\.\n\n/);
    expect(section).toContain(rule);
    expect(team.taskSection({ taskType: 'market_study', length: 'brief', description: 'Study it!', expects })).toMatch(/^Study it! \S/);
  });

  test('a description of its own stands before the instructions of a known task type', () => {
    const usual = team.taskSection({ taskType: 'implementation', length: 'full', description: 'Implement the feature', expects: 'files' });
    expect(team.taskSection({ taskType: 'implementation', length: 'full', description: 'Write the parser only.', expects: 'files' })).toBe(
      `Write the parser only.\n\n${usual}`,
    );
  });

  test('a known task type that expects something else gets the general rule, not orders that contradict it', () => {
    const section = team.taskSection({ taskType: 'implementation', length: 'full', description: 'Explain the code', expects: 'text' });
    expect(section).toContain('Write no files and no code blocks.');
    expect(section).not.toContain('Deliver the source code');
  });
});
