import { matchRun } from '../../operations/match-run.ts';
import { glanceAtJournal, type GlancedRun, type JournalGlance } from '../../state/store/glance-at-journal.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { workspacePlaces } from '../../utils/workspace-places.ts';
import { placesHere, placesWithoutSettings } from '../places-here.ts';
import type { LookUp, WordsBefore } from './complete-words.ts';
import type { Suggestion } from './completion.ts';

/** More runs than a person looks through; a beginning that is typed narrows nothing that was not read. */
const mostRuns = 50;
const mostSteps = 500;

/** What there is in a folder: its runs, its definitions and its settings. Reads only, and asks nobody. */
export function wordsIn(directory: string): LookUp {
  return async (kind, before) => {
    switch (kind) {
      case 'runs':
      case 'runs or steps':
        return (await glance(before, directory, (journal) => runsOf(journal, kind))) ?? [];
      case 'steps':
        return (await glance(before, directory, (journal) => stepsOf(journal, before.operands[0]))) ?? [];
      case 'workflows':
      case 'workflow files': {
        const { workflowNamesHere } = await import('../definitions/workflows-here.ts');
        return named(workflowNamesHere((await placesOf(before, directory)).workspace));
      }
      case 'roles': {
        const { roleNamesHere } = await import('../roles-here.ts');
        return named(roleNamesHere((await placesOf(before, directory)).workspace));
      }
      case 'models':
        return named(await modelsOf(before, directory));
      case 'models to run': {
        const { catalogue } = await import('../../local-engine/machine/catalogue.ts');
        return named(['tiny', ...catalogue.map(({ name }) => name)]);
      }
      case 'topics': {
        const { topicNames } = await import('../help/topics.ts');
        return named(['topics', ...topicNames()]);
      }
      default:
        return [];
    }
  };
}

function named(words: readonly string[]): Suggestion[] {
  return words.map((word) => ({ word, about: '' }));
}

async function placesOf({ values }: WordsBefore, directory: string) {
  return placesHere({ workspace: values.get('--workspace'), config: values.get('--config') }, directory);
}

async function glance<Result>(
  before: WordsBefore,
  directory: string,
  look: (journal: JournalGlance) => Result,
): Promise<Result | undefined> {
  const { workspace } = await placesOf(before, directory);
  return glanceAtJournal(workspacePlaces(workspace).journal, look);
}

function runsOf(journal: JournalGlance, kind: 'runs' | 'runs or steps'): Suggestion[] {
  const runs = journal.runs(mostRuns);
  if (runs.length === 0) return [];
  const latest = { word: 'latest', about: 'the newest run' };
  return [latest, ...runs.map(aboutRun), ...(kind === 'runs' ? [] : stepsOf(journal, undefined))];
}

function aboutRun({ run, workflow, requirement }: GlancedRun): Suggestion {
  return { word: run, about: printableLine(`${workflow.replaceAll('_', '-')}: ${shorten(firstLine(requirement), 50)}`) };
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

/** The steps of the run that a word names; without one, of the newest. */
function stepsOf(journal: JournalGlance, reference = 'latest'): Suggestion[] {
  const match = matchRun(
    reference,
    journal.runs(mostRuns).map(({ run }) => run),
  );
  return match.kind === 'found' ? named([...new Set(journal.tasks(match.run, mostSteps))]) : [];
}

/** Those with a name in the settings. Without settings there is none, and nothing is loaded that could read them. */
async function modelsOf({ values }: WordsBefore, directory: string): Promise<string[]> {
  const config = values.get('--config');
  if (placesWithoutSettings({ config }, directory) !== undefined) return [];
  const { loadCommandSettings } = await import('../load-run-settings.ts');
  const { models, providers } = loadCommandSettings({ path: config, directory, beyondRights: 'leave_out' }).settings;
  return ['auto', ...Object.keys(models), ...Object.keys(providers)];
}
