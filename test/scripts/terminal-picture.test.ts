import { describe, expect, it } from 'vitest';
import { terminalPicture } from '../../scripts/terminal-picture.ts';

const draw = (screen: string) => terminalPicture(screen, { title: 'A <screen> & more', columns: 40 });
const texts = (screen: string) => [
  ...draw(screen).matchAll(/<text x="([\d.]+)" y="(\d+)" textLength="[\d.]+" fill="([^"]+)"([^>]*)>([^<]*)</g),
];
const shown = (screen: string) => texts(screen).map(([, , , fill, looks, text]) => [text, fill, looks?.trim()]);
const sequence = (codes: string) => `\u001B[${codes}m`;

describe('terminalPicture', () => {
  it.each([
    ['plain text', 'a b', [['a b', '#d7dde3', '']]],
    [
      'a colour, up to its end',
      `${sequence('32')}a${sequence('39')} b`,
      [
        ['a', '#7ee787', ''],
        ['b', '#d7dde3', ''],
      ],
    ],
    ['a bright colour', `${sequence('97')}a`, [['a', '#ffffff', '']]],
    ['one of 256 colours', `${sequence('38;5;196')}a`, [['a', 'rgb(255,0,0)', '']]],
    ['a grey of the 256', `${sequence('38;5;232')}a`, [['a', 'rgb(8,8,8)', '']]],
    [
      'a colour of red, green and blue, and what stands behind it',
      `${sequence('38;2;1;2;3;1')}a`,
      [['a', 'rgb(1,2,3)', 'font-weight="bold"']],
    ],
    [
      'bold until both weights end',
      `${sequence('1')}a${sequence('22')}b`,
      [
        ['a', '#d7dde3', 'font-weight="bold"'],
        ['b', '#d7dde3', ''],
      ],
    ],
    [
      'all effects until a reset',
      `${sequence('2;3;4')}a${sequence('')}b`,
      [
        ['a', '#d7dde3', 'font-style="italic" text-decoration="underline" opacity="0.6"'],
        ['b', '#d7dde3', ''],
      ],
    ],
    ['reversed text', `${sequence('7')}a`, [['a', '#12181f', '']]],
    [
      'a style that goes on in the next line',
      `${sequence('31')}a\nb`,
      [
        ['a', '#ff7b72', ''],
        ['b', '#ff7b72', ''],
      ],
    ],
    [
      'other sequences, which change nothing',
      '\u001B[2Ka\u001B(B b\u001B]8;;http://x\u001B\\ c\u001B',
      [
        ['a', '#d7dde3', ''],
        ['b', '#d7dde3', ''],
        ['c', '#d7dde3', ''],
      ],
    ],
  ])('draws %s', (what, screen, expected) => {
    expect(shown(screen), what).toEqual(expected);
  });

  it('puts words where they stand, however many spaces are before them', () => {
    const places = texts('   a  bc\n\n  d').map(([, x, y, , , text]) => [text, x, y]);
    expect(places).toEqual([
      ['a', '45.2', '53'],
      ['bc', '70.4', '53'],
      ['d', '36.8', '93'],
    ]);
  });

  it('paints what is behind a text, also behind spaces', () => {
    expect(draw(`${sequence('44')}  `)).toContain('<rect x="20" y="38" width="16.8" height="20" fill="#79c0ff"/>');
  });

  it('leaves out empty lines at the end', () => {
    expect(draw('a\n\n\n')).toBe(draw('a'));
  });

  it('is an image and no program, whatever the screen says', () => {
    const picture = draw('<script>alert(1)</script> & \u0007\u202Eb');
    expect(picture).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; b');
    expect(picture).toContain('<title>A &lt;screen&gt; &amp; more</title>');
    expect(picture).not.toMatch(/[\u0007\u202E]|<script/);
  });
});
