import { z } from 'zod';
import { modelProfileShape } from './model-profile-settings.ts';
import { mcpSchema } from './mcp-settings.ts';
import { modelName, namedModelSchema } from './named-model.ts';
import { providerEntrySchema } from './provider-entry.ts';
import { roleSettingsSchema } from './role-settings.ts';
import { samplingSchema } from './sampling-settings.ts';
import {
  budgetOrNone,
  choice,
  logLevel,
  numberBetween,
  pattern,
  remoteConsent,
  seconds,
  serverAddresses,
  text,
  textList,
  toggle,
  wholeNumber,
} from './setting-types.ts';

/**
 * The single definition of every setting: its name, type, default, help text (`description`), environment variable (`environment`) and whether its value
 * is a secret (`secret`). Files, messages and programs use the same names.
 */

const modelProfileSchema = z.strictObject({
  match: pattern().meta({
    description: "Regular expression that matches anywhere in the last part of the model's name (after /), ignoring case.",
  }),
  ...modelProfileShape,
});

const numberOrAuto = 'a whole number, at least 1, or auto';

export const settingsSchema = z.strictObject({
  workspace: text().default('.').meta({
    description:
      "The project's folder. A path in a settings file is relative to that file, any other to the current folder. A file of the project may name a folder inside the project.",
    environment: 'WORKSPACE',
  }),
  output_directory: text().default('./output').meta({
    description: 'Where results are written, relative to the workspace. A file of the project may not name a folder outside the project.',
  }),
  log_level: logLevel()
    .default('info')
    .meta({ description: 'Lowest level that is logged: debug, info, warn or error.', environment: 'LOG_LEVEL' }),
  log_file: text().default('logs/agent_system.log').meta({
    description: 'Log file, relative to the workspace. A file of the project may not name a file outside the project.',
    environment: 'LOG_FILE',
  }),
  llm_base_url: serverAddresses().optional().meta({
    description:
      'Address of the model server. Several are given as a list, or in one text with commas, each with a weight if it is not 1 (http://127.0.0.1:8080=2,http://127.0.0.1:8081). A file of the project may name servers on this machine. Absent: 127.0.0.1 is tried on port 8080, then on port 9931.',
    environment: 'OPENAI_API_BASE',
  }),
  llm_api_key: text().default('not-needed').meta({
    description:
      'Key for the model server. A key from the real environment is never sent to a server on this machine; a key from .env or a file of the project is sent only there.',
    environment: 'OPENAI_API_KEY',
    secret: true,
  }),
  llm_model: text().optional().meta({
    description:
      'Name of the model; absent: the model that the server serves; auto: each run chooses among the models that can be asked, by what is known of them.',
    environment: 'OPENAI_API_MODEL',
  }),
  routing: choice(['balance', 'quality', 'speed', 'price']).default('balance').meta({
    description:
      'What counts most where llm_model is auto. balance: one more check of a hundred is worth 10 seconds or 0.01 US dollars; quality: 60 seconds or 0.10; speed: 2 seconds or 0.01; price: 10 seconds or 0.0001.',
  }),
  llm_temperature: numberBetween(0, 2).optional().meta({
    description: "Sampling temperature; absent: the model profile's, else 0.2 for files and 0.7 for text.",
    environment: 'OPENAI_TEMPERATURE',
  }),
  llm_max_tokens: wholeNumber(1)
    .optional()
    .meta({ description: 'Maximum number of tokens in one reply; absent: planned from the context.', environment: 'OPENAI_MAX_TOKENS' }),
  llm_context_tokens: wholeNumber(1024).optional().meta({
    description:
      'Tokens that a request may hold, prompt and reply together, if the model server does not report it (for instance Ollama before it has loaded the model). What a server reports wins.',
  }),
  llm_timeout: seconds()
    .default(300)
    .meta({ description: 'Seconds without a token or progress after which a model call is abandoned.', environment: 'LLM_TIMEOUT' }),
  llm_max_retries: wholeNumber(0).default(3).meta({
    description: 'How often a model call is repeated after a temporary failure, before its task is tried again.',
    environment: 'LLM_MAX_RETRIES',
  }),
  llm_circuit_breaker_threshold: wholeNumber(1)
    .default(5)
    .meta({ description: 'After how many temporary failures in a row calls wait until the model server is healthy again.' }),
  llm_circuit_breaker_timeout: seconds()
    .default(60)
    .meta({ description: 'Seconds that such calls wait at most before they are sent anyway.' }),
  max_concurrent_agents: z
    .union([wholeNumber(1, numberOrAuto), z.literal('auto')], { error: numberOrAuto })
    .default('auto')
    .meta({
      description: 'How many agents may work at once; auto: the number that is fastest on the server, which is measured once.',
      environment: 'MAX_CONCURRENT_AGENTS',
    }),
  task_retry_attempts: wholeNumber(0).default(3).meta({
    description:
      'How often a task is tried again after a temporary failure. If the model server stays unreachable, each attempt then sends one request, not llm_max_retries more.',
    environment: 'TASK_RETRY_ATTEMPTS',
  }),
  task_timeout: seconds()
    .optional()
    .meta({ description: 'Time limit of a whole task in seconds; absent: none.', environment: 'TASK_TIMEOUT' }),
  file_check: choice(['report', 'repair', 'off']).default('report').meta({
    description:
      'What to do about files that do not parse. report: the summary lists them; repair: the agent is also asked once more for JSON, Python, JavaScript, TypeScript and YAML files; off: nothing is checked.',
  }),
  enable_message_bus: toggle().default(true).meta({ description: 'Whether agents send each other messages.' }),
  enable_task_persistence: toggle()
    .default(true)
    .meta({ description: 'Whether the journal is kept on disk; false: in memory only, without resume.' }),
  report: choice(['auto', 'off']).default('auto').meta({
    description:
      'Whether the command writes a page about each run when it ends. auto: output/report_<run id>.html; off: only "multiagent report" writes one.',
  }),
  bell: choice(['on', 'off']).default('on').meta({
    description:
      'Whether the live view rings the bell of the terminal when a step asks a person, and when a run that took half a minute or more has ended.',
  }),
  allow_remote: remoteConsent().default(false).meta({
    description:
      'Which model servers outside this machine may be used. true: those that you name yourself. Hosts, in one text with commas or as a list (models.example.com, gpu:8080): only these; an address with its protocol (https://models.example.com) may also be named by a project. Not accepted from a file of the project.',
    environment: 'MULTIAGENT_ALLOW_REMOTE',
  }),
  private: toggle().default(false).meta({
    description:
      'Whether only models on this machine may be asked. Nothing overrides true: no consent, no fallback, no model of a role or a step. A file of the project can ask for it, and cannot take it away.',
    environment: 'MULTIAGENT_PRIVATE',
  }),
  budget: budgetOrNone().default('none').meta({
    description:
      'US dollars that a run may cost. Before a call that could cost more than is left the run stops, keeps what it has, and can be resumed with a larger budget. A file of the project can lower it, and cannot raise it.',
    environment: 'MULTIAGENT_BUDGET',
  }),
  verify: choice(['auto', 'off', 'required']).default('auto').meta({
    description:
      'Whether the code that the team wrote is run: its tests and builds, and the examples in the requirement. auto: as far as the sandbox and the toolchains of this machine allow; off: nothing is run; required: the run fails if something fails or could not be checked.',
    environment: 'MULTIAGENT_VERIFY',
  }),
  verify_command: text().optional().meta({
    description:
      'Shell command that checks what the team wrote, in the folder of the files; absent: what the files themselves call for. Not accepted from a file of the project, where a workflow step can name one.',
    environment: 'MULTIAGENT_VERIFY_COMMAND',
  }),
  verify_timeout: seconds().default(60).meta({
    description: 'Seconds after which one command of a check is stopped.',
    environment: 'MULTIAGENT_VERIFY_TIMEOUT',
  }),
  allow_install: toggle().default(false).meta({
    description:
      'Whether packages that tests need and this machine does not have are fetched, with the package manager of the project, in the sandbox and with the network. true is not accepted from a file of the project.',
    environment: 'MULTIAGENT_ALLOW_INSTALL',
  }),
  install_timeout: seconds().default(300).meta({
    description: 'Seconds after which fetching packages is stopped.',
  }),
  repair_model: text().optional().meta({
    description:
      "The model in models that repairs what fails when the team itself has not managed to; absent: none. Repairs by the team use task_models.repair, else the role's model.",
  }),
  sandbox: choice(['auto', 'off']).default('auto').meta({
    description:
      'Where checks are run. auto: in the sandbox of this machine, or not at all; off: as you, without a sandbox. off is not accepted from a file of the project.',
    environment: 'MULTIAGENT_SANDBOX',
  }),
  project: choice(['auto', 'off']).default('auto').meta({
    description:
      'What a run is told of the project that is there already. auto: in a Git work tree what fits of it, a map first; off: only the files that are named.',
    environment: 'MULTIAGENT_PROJECT',
  }),
  project_tokens: wholeNumber(0).optional().meta({
    description:
      'About how many tokens of a prompt the project may take; absent: three eighths of the context. Files that are named with --file are whole in any case.',
  }),
  prompt_layout: choice(['auto', 'contract', 'material', 'transcript', 'per_role', 'shared']).default('auto').meta({
    description:
      "What a task sees of its run. contract: the current files; material: the current files and what colleagues wrote; transcript: earlier turns as turns; per_role: the same, with the role as the system message; auto: what the model's profile says. shared is the older name of transcript.",
  }),
  task_attempts: wholeNumber(1).optional().meta({
    description:
      "How often a file is requested at most until no check finds a fault in it, and how often a larger model writes programs whose tests fail although they were repaired; the best version is kept; absent: the model profile's.",
  }),
  engine: choice(['auto', 'server', 'embedded']).default('auto').meta({
    description:
      'auto: the embedded engine if model_file names a model and no address is given, else a server; server or embedded: only that.',
  }),
  model_file: text().optional().meta({
    description:
      'GGUF file for the embedded engine. A path in a settings file is relative to that file, any other to the current folder. A file of the project may name a file inside the project.',
  }),
  model_profiles: z
    .array(modelProfileSchema, { error: 'a list of model profiles' })
    .default([])
    .meta({ description: 'Sampling and instructions for models by name; they win over the shipped profiles.' }),
  task_sampling: z
    .record(text(), samplingSchema(), { error: 'task types with their sampling (implementation: { temperature: 0.1 })' })
    .default({})
    .meta({ description: "Sampling by task type, as in a profile; it wins over a role's sampling." }),
  models: z.record(z.string().regex(modelName), namedModelSchema).default({}).meta({
    description:
      'Several models by name, which roles, types of tasks and steps can choose; the model that the llm_ settings describe is called default.',
  }),
  llm_provider: text().optional().meta({
    description: 'The entry of providers whose model is the default; absent: the model server of the llm_ settings.',
    environment: 'LLM_PROVIDER',
  }),
  providers: z.record(z.string().regex(modelName), providerEntrySchema).default({}).meta({
    description:
      'Models that are reached by another protocol or with a key of their own, by name; roles, types of tasks and steps choose one as name or name/model. Not accepted from a file of the project.',
  }),
  fallback: textList().default([]).meta({
    description:
      'Models that stand in, in this order, where another one is not available: default, names in models, or names in providers (work or work/gpt-5). Not accepted from a file of the project.',
  }),
  mcp: mcpSchema.default({ servers: {} }).meta({
    description: 'MCP servers by name, whose tools steps can name as <server>_<tool>. Not accepted from a file of the project.',
  }),
  tool_agents: text().optional().meta({
    description:
      'The entry of providers, of the kind botserver, whose agents do tools that steps name (security_scan, test_generate …); absent: nobody does. Not accepted from a file of the project.',
  }),
  session_tools: z.array(text(), { error: 'a list of tools' }).max(20).default([]).meta({
    description:
      'Tools that "multiagent code" offers beside its usual ones: of MCP servers, of agents, and its own for databases and security, as [db_query, scan_secrets]. Not accepted from a file of the project.',
  }),
  default_model: text().optional().meta({
    description: 'The model in models that is used unless another is named; absent: default, the model that the llm_ settings describe.',
  }),
  task_models: z
    .record(text(), text(), { error: 'types of tasks with the model of each (implementation: coder)' })
    .default({})
    .meta({ description: "Model by task type; it wins over a role's model." }),
  /** The roles and their preferences are not known here; see `roleFields`. */
  agents: z.record(z.string(), roleSettingsSchema).default({}).meta({ description: 'The team: settings for each role.' }),
});

/** All settings, with defaults for those that nobody gave. `config.yaml` describes each. */
export type Settings = z.output<typeof settingsSchema>;

/** What a file or a caller may give: any part of the settings. */
export type SettingsInput = z.input<typeof settingsSchema>;
