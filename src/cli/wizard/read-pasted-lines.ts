import process from 'node:process';
import { createInterface } from 'node:readline';
import { WizardStopped } from './wizard-stopped.ts';

/**
 * Several lines, as typed or pasted, until Ctrl-D. An empty line does not end them: a pasted requirement has some.
 * @throws WizardStopped on Ctrl-C, or when the signal is aborted.
 */
export function readPastedLines(signal: AbortSignal): Promise<string> {
  const lines: string[] = [];
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: true, historySize: 0, prompt: '' });
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(new WizardStopped());
      reader.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    reader.on('line', (line) => lines.push(line));
    reader.on('SIGINT', stop);
    reader.on('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(lines.join('\n'));
    });
  });
}
