import { type Command, Option } from 'commander';
import { refuseWords } from '../usage-error.ts';
import type { ExitCode } from '../exit-code.ts';

/** The commands for models and the servers that run them. Each is loaded when it runs. */
export function addModelCommands(program: Command, end: (code: ExitCode) => void): void {
  const model = program.command('model').description('models for this machine, and the llama-server that runs one');
  refuseWords(model.command('list', { isDefault: true }))
    .description('list models made for code: which fit this machine, which are here, which are served')
    .option('--json', 'print them as JSON')
    .action(async (options: object) => (await import('./model-list.ts')).modelList(options));
  model
    .command('pull')
    .description('download a model; shows what and how large, and asks first')
    .argument('<model>', 'a name from "model list", a repository such as owner/name-GGUF:Q4_K_M, or the https address of a .gguf file')
    .option('--yes', 'do not ask')
    .option('--sha256 <checksum>', 'the checksum that the file at an address must have')
    .action(async (name: string, options: object) => end(await (await import('./model-pull.ts')).modelPull(name, options)));
  model
    .command('start')
    .description('start a llama-server in the background with the flags that suit this machine; pass further flags after --')
    .argument('[model]', 'a name from "model list", a .gguf file, or tiny (default: LLAMA_MODEL, else the best that is here and fits)')
    .argument('[flags...]', 'flags for llama-server, after --')
    .addOption(new Option('--port <n>', 'port to listen on (default: LLAMA_PORT, else 8080, else 9931)'))
    .option('--context <tokens>', 'context of all slots together (default: LLAMA_CTX_SIZE, else what fits)')
    .option('--parallel <n>', 'slots: requests that are answered at once (default: LLAMA_PARALLEL, else 1)')
    .option('--gpu-layers <n>', 'layers on the GPU (default: LLAMA_GPU_LAYERS, else as many as fit)')
    .option('--threads <n>', "threads of the processor (default: LLAMA_THREADS, else the server's choice)")
    .option('--build', 'use the llama.cpp of node-llama-cpp; compile and test it first if necessary')
    .option('--rebuild', 'the same, but compile it again and use only instructions that the system lists')
    .option('--dry-run', 'print the command line and exit')
    .action(async (name: string | undefined, flags: string[], options: object) =>
      end(await (await import('./model-start.ts')).modelStart({ name, flags, ...options })),
    );
  model
    .command('stop')
    .description('stop the server that "model start" started')
    .option('--port <n>', 'which one, where several run')
    .option('--all', 'stop all of them')
    .action(async (options: object) => end(await (await import('./model-stop.ts')).modelStop(options)));
  model
    .command('status')
    .description('show the servers that "model start" started')
    .option('--json', 'print them as JSON')
    .action(async (options: object) => end(await (await import('./model-status.ts')).modelStatus(options)));
  model
    .command('logs')
    .description('show the log of the server')
    .option('--port <n>', 'which one, where several run')
    .option('-n, --lines <n>', 'how many of the last lines (default: 50)')
    .option('-f, --follow', 'keep showing new lines; Ctrl-C does not stop the server')
    .action(async (options: object) => end(await (await import('./model-logs.ts')).modelLogs(options)));
}
