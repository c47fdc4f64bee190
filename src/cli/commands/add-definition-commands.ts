import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { allowRemoteOption } from '../settings-options.ts';
import { refuseWords } from '../usage-error.ts';

const workflowHelp = 'its name, or the path of a file';
const ownHelp = 'in your own folder, for all projects, and not in this project';

/** The commands for workflows and roles of one's own. Each is loaded when it runs. */
export function addDefinitionCommands(program: Command, end: (code: ExitCode) => void): void {
  const workflows = program.command('workflows').description('list, show, write, check, draw and compare workflows');
  refuseWords(workflows.command('list', { isDefault: true }))
    .description('list the workflows')
    .option('--json', 'print them as JSON')
    .action(async (options: object) => (await import('./workflows.ts')).listWorkflows(options));
  workflows
    .command('show')
    .description('print the definition of a workflow, with what it leaves out filled in')
    .argument('<workflow>', workflowHelp)
    .option('--json', 'print it as JSON')
    .action(async (given: string, options: object) => (await import('./workflows-show.ts')).showWorkflow(given, options));
  workflows
    .command('new')
    .description('write a workflow of your own to begin with; nothing is overwritten')
    .argument('<name>', 'what it is to be called, such as ship-it')
    .option('--own', ownHelp)
    .action(async (name: string, options: object) => (await import('./workflows-new.ts')).newWorkflow(name, options));
  workflows
    .command('validate')
    .description('say everything that is wrong with a workflow; exit code 2 if something is')
    .argument('[workflow...]', `${workflowHelp} (default: all that are not built in)`)
    .option('--json', 'print the problems as JSON')
    .action(async (given: string[], options: object) =>
      end(await (await import('./workflows-validate.ts')).validateWorkflows(given, options)),
    );
  workflows
    .command('graph')
    .description('draw the steps of a workflow')
    .argument('<workflow>', workflowHelp)
    .addOption(new Option('--mermaid', 'as a Mermaid flowchart').conflicts(['svg', 'json']))
    .addOption(new Option('--svg', 'as an SVG picture').conflicts('json'))
    .option('--json', 'as JSON')
    .action(async (given: string, options: object) => (await import('./workflows-graph.ts')).graphWorkflow(given, options));
  workflows
    .command('diff')
    .description('say in what two workflows differ, whatever the order of their keys; exit code 1 if they do')
    .argument('<before>', workflowHelp)
    .argument('<after>', workflowHelp)
    .option('--json', 'print the differences as JSON')
    .action(async (before: string, after: string, options: object) =>
      end(await (await import('./workflows-diff.ts')).diffWorkflows(before, after, options)),
    );
  workflows
    .command('schema')
    .description('print the JSON Schema of a workflow file, for editors')
    .action(async () => (await import('./workflows-schema.ts')).showWorkflowSchema());

  const agents = program.command('agents').description('list the agents of the team; show or write a role');
  refuseWords(agents.command('list', { isDefault: true }))
    .description('list the agents of the team')
    .option('--config <file>', 'settings file (default: config.yaml of this folder)')
    .option('--json', 'print them as JSON')
    .action(async (options: object) => (await import('./agents.ts')).listAgents(options));
  agents
    .command('show')
    .description('print a role as one file, with what it leaves out filled in')
    .argument('<role>', 'its name, such as developer')
    .option('--json', 'print it as JSON')
    .action(async (role: string, options: object) => (await import('./agents.ts')).showAgent(role, options));
  agents
    .command('new')
    .description('write a role of your own to begin with; nothing is overwritten')
    .argument('<role>', 'what it is to be called, such as code-reviewer')
    .option('--own', ownHelp)
    .action(async (role: string, options: object) => (await import('./agents-new.ts')).newAgent(role, options));

  refuseWords(program.command('tools'))
    .description('list the tools that agents can be given, also those of your MCP servers')
    .option('--config <file>', 'settings file (default: config.yaml of this folder)')
    .addOption(allowRemoteOption())
    .option('--json', 'print them as JSON')
    .action(async (options: object) => (await import('./tools.ts')).listTools(options));
}
