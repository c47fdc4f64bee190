import process from 'node:process';
import { createInterface } from 'node:readline';
import { WizardBack, WizardStopped } from './walk-steps.ts';

/**
 * Reads several lines, typed or pasted, until Ctrl-D. An empty line does not end them, because pasted requirements have some.
 * @throws WizardStopped on Ctrl-C, or if the signal is aborted; WizardBack on Esc.
 */
export function readPastedLines(signal: AbortSignal): Promise<string> {
  const lines: string[] = [];
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: true, historySize: 0, prompt: '' });
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(new WizardStopped());
      reader.close();
    };
    const onKey = (_text: string | undefined, key: { name?: string }) => {
      if (key.name !== 'escape') return;
      process.stdout.write('\n');
      reject(new WizardBack());
      reader.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    process.stdin.on('keypress', onKey);
    reader.on('line', (line) => lines.push(line));
    reader.on('SIGINT', stop);
    reader.on('close', () => {
      signal.removeEventListener('abort', stop);
      process.stdin.off('keypress', onKey);
      resolve(lines.join('\n'));
    });
  });
}
