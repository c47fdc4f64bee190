import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeLlamaServer } from '../../../support/fake-llama-server/start-fake-llama-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { hasTmux, openTerminal } from '../../wizard/terminal.ts';

const words =
  'tags bookmarks readers lists search labels folders notes shelves titles authors covers pages links colours dates names users groups marks'.split(
    ' ',
  );
const word = (line: number, place: number) => words[(line * line * 7 + place * place * 3 + line * place + place) % words.length]!;
/** 90 lines of no common shape: a reply that repeats itself would be cut. */
const reply = Array.from({ length: 90 }, (_, line) => {
  const said = Array.from({ length: 4 + ((line * 5) % 7) }, (_, place) => word(line, place));
  return line % 3 === 0
    ? `What of ${said.join(', ')}?`
    : line % 3 === 1
      ? `${said.join(' and ')} stay.`
      : `Keep ${said.join(' ')} (${line}).`;
}).join('\n');
const [first = '', last = ''] = [reply.split('\n').at(0), reply.split('\n').at(-1)];

/** A run whose first step has replied at length, and whose second one replies once it may. */
async function halfDone(columns: number, { rows = 24, said = reply, earlier = 0 } = {}) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = await startFakeLlamaServer({ reply: ({ taskType }) => (taskType === 'requirements_gathering' ? said : promise) });
  onTestFinished(() => server.close());
  onTestFinished(() => resolve('Done.'));
  const args = ['run', 'analysis', 'Which tags are lost?', '--base-url', server.address];
  const terminal = openTerminal({ columns, rows, directory: temporaryFolder(), args, earlier });
  await terminal.shows(/✔ +1 requirements_gathering/u, 'l replies');
  return { terminal, end: () => resolve('Nothing is lost, because every tag is kept with its bookmark.') };
}

describe.skipIf(!hasTmux)('the replies of the steps', () => {
  test.each([60, 80, 200])('are shown at a key, also while the size changes, and the run again, at %i columns', async (columns) => {
    const short = reply.split('\n').slice(0, 3).join('\n');
    const { terminal, end } = await halfDone(columns, { rows: 40, said: short, earlier: 12 });
    terminal.press('l');
    await terminal.shows(/^❯ . +\d /mu, 'Esc: back to the run.');
    terminal.press('1');
    await terminal.shows(/^❯ . +1 requirements_gathering/mu);
    terminal.press('Down');
    await terminal.shows(/^❯ . +2 /mu);
    await terminal.resize(columns - 10, 12);
    await terminal.shows(/^❯ . +2 /mu, 'Esc: back to the run.');
    await terminal.resize(columns, 40);
    await terminal.shows(/^❯ . +2 /mu, / 4 final_analysis/u, 'Esc: back to the run.');
    terminal.press('Escape');
    await terminal.shows('Ctrl-C stops.');
    end();
    await terminal.shows('exit code 0');
    const history = terminal.history();
    expect(history).not.toContain('Esc: back to the run.');
    expect(history.match(/✔ +\d /gu)).toHaveLength(4);
  });
});

describe.skipIf(!hasTmux)('a reply that is longer than the screen', () => {
  test.each([60, 100, 200])('is read as a whole by its keys, in %i columns, and the run goes on', async (columns) => {
    const { terminal, end } = await halfDone(columns);
    terminal.press('l');
    await terminal.shows('Esc: back to the run.');
    terminal.press('1');
    await terminal.shows(/^❯ . +1 /mu);
    terminal.press('Enter');
    await terminal.shows(`│ ${first.slice(0, 20)}`, ': its beginning', 'Esc: back');
    terminal.press('Down', 'Down');
    expect(await terminal.shows('Lines 3 to ')).not.toContain('its beginning');
    terminal.press('Up', 'Up', 'Up');
    await terminal.shows('Lines 1 to ', 'its beginning');
    terminal.press('NPage');
    await terminal.shows(/^Lines [12]\d to [34]\d of/mu);
    terminal.press('PPage');
    await terminal.shows('Lines 1 to ');
    terminal.press('End');
    await terminal.shows(`│ ${last.slice(0, 20)}`, 'its end');
    await terminal.resize(columns - 10, 12);
    await terminal.shows(`│ ${last.slice(0, 20)}`, 'its end');
    await terminal.resize(columns, 24);
    terminal.press('Home');
    await terminal.shows(`│ ${first.slice(0, 20)}`, 'its beginning');
    terminal.press('Escape');
    await terminal.shows(/^❯ . +1 /mu, 'Esc: back to the run.');
    terminal.press('Escape');
    await terminal.shows('Ctrl-C stops.');
    end();
    await terminal.shows(/exit code \d/u);
    expect(terminal.history()).not.toMatch(/Esc: back|its end/u);
  });
});
