import { styleText } from 'node:util';

type Style = 'good' | 'bad' | 'warning' | 'active' | 'faint' | 'strong';

/** How to draw on a terminal: with or without colours, with Unicode or ASCII marks. */
export interface Look {
  paint: (style: Style, text: string) => string;
  marks: {
    done: string;
    failed: string;
    waiting: string;
    skipped: string;
    pending: string;
    cut: string;
    quote: string;
    item: string;
    pointer: string;
    spinner: readonly string[];
  };
}

const unicode: Look['marks'] = {
  done: '✔',
  failed: '✖',
  waiting: '↻',
  skipped: '↷',
  pending: '·',
  cut: '…',
  quote: '│',
  item: '•',
  pointer: '❯',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};

const ascii: Look['marks'] = {
  done: '+',
  failed: 'x',
  waiting: '~',
  skipped: '>',
  pending: '.',
  cut: '~',
  quote: '|',
  item: '-',
  pointer: '>',
  spinner: ['|', '/', '-', '\\'],
};

const colours = { good: 'green', bad: 'red', warning: 'yellow', active: 'cyan', faint: 'dim', strong: 'bold' } as const;

/** `NO_COLOR` with any text in it turns colours off; a locale that is not UTF-8 (other than on Windows) gets ASCII marks. */
export function lookFor(environment: Readonly<Record<string, string | undefined>>, platform: string): Look {
  const colour = !environment['NO_COLOR'];
  return {
    paint: (style, text) => (colour && text !== '' ? styleText(colours[style], text, { validateStream: false }) : text),
    marks: isUtf8Terminal(environment, platform) ? unicode : ascii,
  };
}

/** Whether the terminal of a process with this environment can show Unicode. */
export function isUtf8Terminal(environment: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  return platform === 'win32' || /utf-?8/i.test(environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '');
}
