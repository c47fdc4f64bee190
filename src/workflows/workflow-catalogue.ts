import { basename, dirname, join } from 'node:path';
import { definitionFolders, isInside, type LeftOutFile, namesIn, readDefinition, tooManyEntries } from '../utils/definition-folder.ts';
import { type CatalogueEntry, catalogueLayers, LayeredCatalogue } from '../utils/layered-catalogue.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { shownName } from '../utils/printable.ts';
import type { WorkflowExtensionInput } from './extend-definition.ts';
import { checkDefinition } from './definition-problems.ts';
import { readDefinitionText } from './definition-text.ts';
import { invalidWorkflow } from './invalid-workflow.ts';
import { whyLeftOut, workflowNameOf } from './workflow-file-name.ts';
import { keepPrivate } from './keep-private.ts';
import { loadWorkflow, parseWorkflow } from './load-workflow.ts';
import { shippedNames, shippedWorkflow } from './shipped-workflows.ts';
import { agentStepsOnly, type StepKindDeclarations } from './step-kind-declaration.ts';
import type { WorkflowDefinition, WorkflowDefinitionInput, WorkflowStep } from './workflow-schema.ts';

type StartsProgram = (step: WorkflowStep, named: (workflow: string) => WorkflowDefinition | undefined) => boolean;

export interface WorkflowCatalogueOptions {
  /** The kinds of steps, for workflows that are not built in. Default: steps of agents only. */
  kinds?: (() => StepKindDeclarations) | undefined;
  /**
   * Whether a step starts a program, which a workflow that came with a workspace may not do; `named` gives the workflows that steps name, where they are to be
   * looked into. Default: none does.
   */
  startsProgram?: StartsProgram | undefined;
  /** Absolute: the person's folder for all projects; its workflows are in `workflows`. Default: none. */
  ownFolder?: string | undefined;
  /** Absolute: the project's folder; its workflows are in `.multiagent/workflows`. Default: none. */
  workspace?: string | undefined;
}

/**
 * Every workflow that can be run by name: the built-in ones, the person's own, those of the workspace, then those that a program registered. A later one
 * replaces an earlier one of the same name.
 */
export class WorkflowCatalogue {
  readonly #catalogue = new LayeredCatalogue<WorkflowDefinition>();
  readonly #kinds: () => StepKindDeclarations;
  readonly #startsProgram: StartsProgram;
  readonly #workspace: string | undefined;
  /** Files in the folders for workflows that look like workflows and are none, because of what they are called or are. */
  readonly leftOut: LeftOutFile[] = [];
  /** What is extended by what is being read. */
  readonly #beingRead: string[] = [];

  constructor({ kinds = () => agentStepsOnly, startsProgram = () => false, ...options }: WorkflowCatalogueOptions = {}) {
    this.#kinds = kinds;
    this.#startsProgram = startsProgram;
    this.#workspace = options.workspace;
    for (const name of shippedNames) {
      const path = join(import.meta.dirname, 'templates', `${name}.yaml`);
      this.#catalogue.add({ name, layer: 'built_in', path, read: () => shippedWorkflow(name) ?? this.#readShipped(path) });
    }
    for (const { layer, folder } of definitionFolders('workflows', options)) this.#addFolder(layer, folder.path, folder.within);
  }

  /**
   * The workflow of this name, in snake_case or kebab-case. It is the caller's own copy.
   * @throws MultiagentError `workflow.unknown`, with the nearest name and all names in the hint; `workflow.invalid` if its file is broken.
   */
  get(name: string): WorkflowDefinition {
    const entry = this.#find(name);
    if (entry !== undefined) return structuredClone(entry.read());
    const names = this.#catalogue.list().map((known) => known.name.replaceAll('_', '-'));
    const nearest = nearestName(name, names);
    throw new MultiagentError({
      category: 'usage',
      code: 'workflow.unknown',
      message: `There is no workflow called ${shownName(name)}.`,
      hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Workflows: ${names.join(', ')}.${this.#leftOutSentence()}`,
    });
  }

  /**
   * A workflow from a file that a person has named. One that lies in the workspace may not do more than those of the workspace.
   * @param path Absolute. @throws MultiagentError `workflow.unreadable`, `workflow.invalid`.
   */
  load(path: string): WorkflowDefinition {
    const definition = loadWorkflow(path, { kinds: this.#kinds(), baseOf: this.#extendedBy() });
    if (this.#workspace !== undefined && isInside(path, this.#workspace)) this.#refusePrograms(path, definition);
    return definition;
  }

  /** The workflows that can be run, in menu order, as the caller's own copies. */
  list(): WorkflowDefinition[] {
    return this.entries().flatMap(({ definition }) => definition ?? []);
  }

  /** The same with the origin of each, and with those that cannot be run and why. */
  entries(): (Omit<CatalogueEntry<never>, 'read'> & { definition?: WorkflowDefinition; error?: MultiagentError })[] {
    return this.#catalogue.list().map(({ read, ...entry }) => {
      try {
        return { ...entry, definition: structuredClone(read()) };
      } catch (error) {
        if (error instanceof MultiagentError) return { ...entry, error };
        throw error;
      }
    });
  }

  /** Whether there are others than the built-in ones. Reads none of them. */
  get hasOwn(): boolean {
    return this.#catalogue.list().some(({ layer }) => layer !== 'built_in');
  }

  /**
   * Adds a workflow of the program's own and returns it with defaults filled in.
   * @throws MultiagentError `workflow.invalid` with every problem, or `workflow.exists` if the program has registered the name before.
   */
  register(input: WorkflowDefinitionInput | WorkflowExtensionInput): WorkflowDefinition {
    const checked = checkDefinition(input, this.#kinds(), this.#extendedBy());
    if (!checked.valid)
      throw invalidWorkflow(shownName(String((input as Partial<WorkflowDefinitionInput> | null)?.name)), checked.problems);
    const { definition } = checked;
    if (!this.#catalogue.add({ name: definition.name, layer: 'program', read: () => definition })) throw alreadyThere(definition.name);
    return structuredClone(definition);
  }

  /** Whoever looks for a workflow in vain may have one of these in mind. */
  #leftOutSentence(): string {
    const [first, ...others] = this.leftOut;
    if (first === undefined) return '';
    const more = others.length === 0 ? '' : ` "multiagent workflows list" names ${others.length} more.`;
    return ` ${shownName(first.path)} is left out: ${first.reason}.${more}`;
  }

  /** Two files of one name are a workflow that cannot be used: nobody could tell which of them is meant. */
  #addFolder(layer: 'user' | 'workspace', folder: string, within: string | undefined): void {
    const files = new Map<string, string[]>();
    const entries = namesIn({ path: folder, within });
    if (entries === undefined) this.leftOut.push({ layer, path: folder, reason: tooManyEntries });
    for (const entry of entries ?? []) {
      const path = join(folder, entry.name);
      const name = entry.kind === 'file' ? workflowNameOf(entry.name) : undefined;
      const reason = name === undefined ? whyLeftOut(entry) : undefined;
      if (name !== undefined) files.set(name, [...(files.get(name) ?? []), path]);
      if (reason !== undefined) this.leftOut.push({ layer, path, reason });
    }
    for (const [name, [path = '', ...others]] of files) {
      const read = () => {
        if (others.length > 0) throw severalFiles(name, [path, ...others]);
        return this.#read({ name, path, within, layer });
      };
      this.#catalogue.add({ name, layer, path, read });
    }
  }

  /**
   * Finds what a workflow extends: one of another name, or of its own name in an earlier layer. @throws MultiagentError `workflow.unknown`; `workflow.invalid` for one
   * that is broken, and for a circle.
   */
  #extendedBy(extending?: Pick<CatalogueEntry<never>, 'name' | 'layer'>): (name: string) => WorkflowDefinition {
    return (wanted) => {
      if (wanted !== extending?.name) return this.#readOnce(wanted, () => this.get(wanted));
      const before = catalogueLayers.slice(0, catalogueLayers.indexOf(extending.layer));
      const entry = this.#catalogue.all().find(({ name, layer }) => name === wanted && before.includes(layer));
      if (entry !== undefined) return this.#readOnce(`${entry.layer}:${wanted}`, () => structuredClone(entry.read()));
      throw invalidWorkflow(wanted, [{ message: 'it extends itself, and no earlier layer has a workflow of this name' }]);
    };
  }

  /** @throws MultiagentError `workflow.invalid` for a workflow that is being read already. */
  #readOnce(name: string, read: () => WorkflowDefinition): WorkflowDefinition {
    if (this.#beingRead.includes(name))
      throw invalidWorkflow(name, [{ message: `the workflows extend each other in a circle: ${[...this.#beingRead, name].join(' → ')}` }]);
    this.#beingRead.push(name);
    try {
      return read();
    } finally {
      this.#beingRead.pop();
    }
  }

  /** Where not all kinds are known, nothing is run, and a file of ours is taken as it is. */
  #readShipped(path: string): WorkflowDefinition {
    const kinds = this.#kinds();
    const text = readDefinition(path, {});
    const { value } = readDefinitionText(text);
    const { steps, ...workflow } = value as { steps: Partial<WorkflowStep>[] } & Omit<WorkflowDefinition, 'steps'>;
    if (steps.every(({ kind = 'agent' }) => kinds.has(kind))) return parseWorkflow(text, basename(path), { kinds });
    return {
      ...workflow,
      steps: steps.map((step) => ({ kind: 'agent', depends_on: [], priority: 1, ...step }) as unknown as WorkflowStep),
    };
  }

  #read({
    name,
    path,
    within,
    layer,
  }: {
    name: string;
    path: string;
    within: string | undefined;
    layer: 'user' | 'workspace';
  }): WorkflowDefinition {
    const definition = loadWorkflow(path, { within, kinds: this.#kinds(), baseOf: this.#extendedBy({ name, layer }) });
    if (definition.name !== name) {
      const message = `name: it is called ${definition.name}, but its file is called ${name}; give both the same name`;
      const { locate } = readDefinitionText(readDefinition(path, { within }));
      throw invalidWorkflow(shownName(path), [locate({ path: ['name'], at: 'value', message })]);
    }
    if (layer !== 'workspace') return definition;
    this.#refusePrograms(path, definition);
    // A project can ask for privacy, and takes none away from the person.
    const replaced = this.#catalogue.all().find((entry) => entry.name === name && entry.layer === 'user');
    return replaced === undefined ? definition : keepPrivate(definition, replaced.read());
  }

  #find(name: string): CatalogueEntry<WorkflowDefinition> | undefined {
    return this.#catalogue.find(name.trim().toLowerCase().replaceAll('-', '_'));
  }

  #refusePrograms(path: string, { steps }: WorkflowDefinition): void {
    const seen = new Set<string>();
    // Another one of the workspace is refused itself, at the latest when a step names it.
    const named = (workflow: string) => {
      const entry = this.#find(workflow);
      if (entry === undefined || entry.layer === 'workspace' || seen.has(entry.name)) return undefined;
      seen.add(entry.name);
      try {
        return entry.read();
      } catch (error) {
        if (error instanceof MultiagentError) return undefined;
        throw error;
      }
    };
    for (const [index, step] of steps.entries()) if (this.#startsProgram(step, named)) throw programOfWorkspace(path, index, step);
  }
}

function alreadyThere(name: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'workflow.exists',
    message: `There is already a workflow called ${name}.`,
    hint: 'Give the workflow another name.',
  });
}

function severalFiles(name: string, [first = '', ...others]: readonly string[]): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'workflow.exists',
    message: `The workflow ${name} stands in ${others.length + 1} files of ${shownName(dirname(first))}: ${[first, ...others].map((path) => shownName(basename(path))).join(' and ')}.`,
    hint: 'Remove all but one of them, or give the others another name.',
  });
}

function programOfWorkspace(path: string, index: number, { id, kind }: WorkflowStep): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'workflow.invalid',
    message: `The workflow ${shownName(path)} came with the workspace, and steps[${index}] (${id}, kind: ${kind}) would start a program. A file of the project may not decide that.`,
    hint: 'Move the file to the folder "workflows" beside your own settings (~/.config/multiagent/workflows) if you want what it does.',
  });
}
