/** The text of a new workflow, which can be run at once. `schema` is the path of the JSON Schema, for editors. */
export function startingWorkflow({ name, schema }: { name: string; schema: string }): string {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
  return `# yaml-language-server: $schema=${schema}
# A workflow of your own.
#   Check it:  multiagent workflows validate ${name.replaceAll('_', '-')}
#   Draw it:   multiagent workflows graph ${name.replaceAll('_', '-')}
#   Run it:    multiagent run ${name.replaceAll('_', '-')} "What the team should build"
name: ${name}
title: ${title}
description: What this workflow is for, in one sentence.
steps:
  # An agent of the team does each step. "multiagent agents" names the roles, "multiagent agents show developer" their types of tasks.
  - id: analysis
    role: business_analyst
    task_type: requirements_analysis
    description: Say what is to be built, and how one can tell that it is done.
    expects: text # its reply is a document

  - id: implementation
    role: developer
    task_type: implementation
    description: Build it.
    depends_on: [analysis] # begins when these steps are completed
    expects: files # its reply holds files

  - id: testing
    role: qa_engineer
    task_type: testing
    description: Write tests for it.
    depends_on: [implementation]
    expects: files
  # Other kinds of steps wait, run a command, or do another workflow: kind: wait, command, workflow.
`;
}
