/** What an editor says of a key of a workflow file. */
const ofWorkflow: Readonly<Record<string, string>> = {
  version: 'The version of the language of workflows: 1.',
  name: 'Its name, in snake_case or kebab-case; the file has the same name.',
  title: 'The text for menus. Default: the name in words.',
  description: 'What it is for. Default: the title.',
  inputs: 'What a run is given, by name. Default: a requirement, and nothing else.',
  vars: 'Values that steps share. A text may hold {{ … }} over the inputs and the values before it.',
  outputs: 'What comes of it, by name: expressions that are worked out when its steps have ended.',
  steps: 'The steps. Each begins when those that it depends on are completed.',
  extends: 'The workflow that this one builds on.',
  replace: 'Steps by the id of the one whose place they take.',
  insert_before: 'Lists of steps by the id of the step before which they are done.',
  insert_after: 'Lists of steps by the id of the step after which they are done.',
  remove: 'Ids of steps of the other workflow that are left out.',
};

const ofStep: Readonly<Record<string, string>> = {
  id: 'Unique in the whole workflow, also among steps within steps.',
  kind: 'How the step is done. Default: agent.',
  description: 'What is to be done.',
  depends_on: 'Ids of the steps, of the same list, that have to be completed before.',
  when: 'A condition. Where it is false when the step’s turn comes, the step is skipped.',
  priority: 'Of steps that could begin, the one with the larger number does. Default: 1.',
  retries: 'How often it is tried again. Default: as task_retry_attempts says.',
  timeout: 'How long one try may take, or how long a person is waited for: seconds, or 30s, 10m, 2h, 3d.',
  outputs: 'Named values: expressions, worked out when the step ends.',
  private: 'Whether what was said in it is kept from all later steps, and only models on this machine are asked in it.',
  context: 'Which earlier steps its agent is shown: all, direct, or a list of ids.',
  role: 'Who does it: a role of the team.',
  task_type: 'The type of the task; it names the role’s instructions for it.',
  expects: 'What the reply has to be: text, files, either of them, or data by a JSON Schema.',
  model: 'One of the models of the settings.',
  instructions: 'What is asked beside the instructions of the role.',
  sampling: 'How the model’s replies are sampled, above what the settings say.',
  verify: 'A command that checks what the step wrote, or off.',
  attempts: 'How often at most its files are written until they pass their checks.',
  tools: 'What its agent may call before it gives its result. Default: the tools of its role.',
  max_iterations: 'How often it may call some before it has to give its result. Default: 10.',
  ask: 'What the person is asked.',
};

const ofKind: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wait: {
    seconds: 'How long it waits.',
    until: 'The time until which it waits: 2027-01-31T08:00:00Z.',
    signal: 'The name of the signal that wakes it.',
  },
  command: {
    command: 'The command, run in the sandbox on a copy of the files of the run.',
    timeout_seconds: 'How long the command may take. Default: 60; timeout of the step wins.',
  },
  workflow: { workflow: 'The name of the workflow whose steps are done.', inputs: 'What that workflow is given, by name.' },
  loop: {
    until: 'The steps are done again until this condition holds.',
    while: 'The steps are done again while this condition holds.',
    max_iterations: 'How often they are done at most. Default: 3.',
    on_limit: 'What follows where the loop ends without its condition: complete (default) or fail.',
    steps: 'The steps that are done in each iteration.',
  },
  switch: { cases: 'Conditions with steps; the first that holds is done.', default: 'The steps that are done where no case holds.' },
  for_each: {
    in: 'An expression whose value is the list.',
    parallel: 'How many items are worked on at once. Default: 1.',
    max_items: 'With more items than this the step fails before any of them. Default: 50.',
    steps: 'The steps that are done for each item.',
  },
  plan: {
    allow: 'What the planned steps may be: roles, task_types and kinds.',
    max_steps: 'How many steps may be planned. Default: 6.',
    approve: 'Whether a person sees the plan before anything of it is done.',
  },
  check: { criteria: 'What the role judges the work by.' },
  approval: {
    show: 'Ids of the steps whose files are shown. Default: those that it depends on.',
    on_timeout: 'What counts when the time is over: reject (default), approve, or escalate: <step>.',
    on_reject: 'rework (default): the authors change it, and the person is asked again. fail: the step fails.',
    max_rounds: 'After so many rejections the step fails. Default: 5.',
  },
  question: {
    answer: 'What the answer is: text (default), number, boolean, or { choice: [red, blue] }.',
    default: 'The answer that counts when the time is over.',
  },
};

/** @param kind The kind of a step; absent: a key of the workflow itself. @returns undefined where an editor has nothing to say. */
export function keyDescription(key: string, kind?: string): string | undefined {
  if (kind === undefined) return ofWorkflow[key];
  return ofKind[kind]?.[key] ?? ofStep[key];
}
