import { expect, test } from 'vitest';
import { add, fence, filesOf } from './files-of.ts';

const name = 'src/app.py';

test.each([
  `**${name}** (new)`,
  `***${name}***`,
  `**\`${name}\`**`,
  `### 1. ${name}\n`,
  `### 2) \`${name}\` - the application\n`,
  `#### File 1: \`${name}\`\n`,
  `### 2.1 \`${name}\`\n`,
  `I. \`${name}\`\n`,
  `III. ${name}\n`,
  `一、${name}\n`,
  `1、\`${name}\`\n`,
  `（1）${name}\n`,
  `a) ${name}\n`,
  `★ ${name}\n`,
  `- [ ] ${name}\n`,
  `✅ \`${name}\`\n`,
  `${name}:\n`,
  `> **${name}**\n`,
  `| ${name} |\n`,
  `| File | Purpose |\n|---|---|\n| \`${name}\` | the application |\n`,
  `Full path: ${name}\n`,
  `Relative path: \`${name}\`\n`,
  `FILEPATH: ${name}\n`,
  `Final file: ${name}\n`,
  `filename = "${name}"\n`,
  `[${name}]\n`,
  `[[${name}]]\n`,
  `[FILE: ${name}]\n`,
  `<<<FILE: ${name}>>>\n`,
  `<<<${name}>>>\n`,
  `((${name}))\n`,
  `=== File: ${name} ===\n`,
  `--- BEGIN FILE: ${name} ---\n`,
  `<path>${name}</path>\n`,
  `<source>${name}</source>\n`,
  `<name>${name}</name>\n`,
  `<h3>${name}</h3>\n`,
  `<details>\n<summary>${name}</summary>\n`,
  `Fichier « ${name} » :\n`,
  `「${name}」：\n`,
  `${name}\n----------\n`,
  `Step 1: Create \`${name}\`\n`,
])('the line %j names the file below it', (line) => {
  expect(filesOf(`${line}\n${fence('python', add)}`)).toEqual({ [name]: add });
});

test.each([
  ['English', `Final version of ${name}:`],
  ['English, corrected', `The corrected ${name}:`],
  ['German', `Erstelle die Datei ${name} mit folgendem Inhalt:`],
  ['French', `Créez le fichier ${name} :`],
  ['Spanish', `Crea el archivo ${name} con el siguiente contenido:`],
  ['Italian', `Crea il file ${name} con questo contenuto:`],
  ['Dutch', `Maak het bestand ${name} aan:`],
  ['Polish', `Utwórz plik ${name} o treści:`],
  ['Turkish', `${name} dosyasını oluşturun:`],
  ['Russian', `Создайте файл ${name} со следующим содержимым:`],
  ['Ukrainian', `Створіть файл ${name} з таким вмістом:`],
  ['Swedish', `Skapa filen ${name} med följande innehåll:`],
  ['Czech', `Vytvořte soubor ${name}:`],
  ['Finnish', `Luo tiedosto ${name}:`],
  ['Vietnamese', `Tạo tệp ${name}:`],
  ['Indonesian', `Buat berkas ${name}:`],
  ['Chinese', `创建文件 ${name}：`],
  ['Japanese', `次の内容で ${name} を作成します：`],
  ['Korean', `${name} 파일을 생성합니다:`],
  ['Hindi', `फ़ाइल ${name} बनाएँ:`],
  ['Arabic', `أنشئ الملف ${name}:`],
])('a sentence in %s announces the file, also where its name is not set off', (_language, sentence) => {
  expect(filesOf(`${sentence}\n\n${fence('python', add)}`)).toEqual({ [name]: add });
});

test('a row among several of a table names nothing', () => {
  const table = '| File | Purpose |\n|---|---|\n| `src/b.py` | one |\n| `src/app.py` | two |\n';
  expect(filesOf(`${table}\n${fence('python', add)}`)).toEqual({ 'add.py': add });
});

test.each([
  'python;src/app.py',
  'path=src/app.py',
  'file=src/app.py',
  'python|src/app.py',
  'python, src/app.py',
  'python # src/app.py',
  'python {"filename": "src/app.py"}',
  '{.python filename=src/app.py}',
  'python linenums="1" title="src/app.py"',
  '1:2:src/app.py',
  'src/app.py:python',
])('the info string %j names the file', (info) => {
  expect(filesOf(fence(info, add))).toEqual({ [name]: add });
});

test.each([
  ['@rem scripts/x.bat', 'bat', 'scripts/x.bat'],
  [':: scripts/x.bat', 'bat', 'scripts/x.bat'],
  ['! src/x.f90', 'fortran', 'src/x.f90'],
  ['.. docs/x.rst', 'rst', 'docs/x.rst'],
  ['" ftplugin/x.vim', 'vim', 'ftplugin/x.vim'],
  ['// #region src/x.js', 'js', 'src/x.js'],
  ['# region src/x.py', 'python', 'src/x.py'],
  ['////// src/x.js', 'js', 'src/x.js'],
  ['##### src/x.py', 'python', 'src/x.py'],
  ["' src/x.vb", 'vb', 'src/x.vb'],
  ['{- src/X.hs -}', 'haskell', 'src/X.hs'],
])('the comment %j on the first line names the file', (comment, language, path) => {
  const content = `${comment}\nx y 1\n`;
  expect(filesOf(fence(language, content))).toEqual({ [path]: content });
});
