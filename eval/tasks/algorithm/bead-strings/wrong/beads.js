const fs = require('fs');

const input = fs.readFileSync(0, 'utf8').trim().split('\n');
let longest = '';
let max = 0;

for (const line of input) {
  const result = [];
  let count = 1;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === line[i + 1]) {
      count++;
    } else {
      result.push(`${count}${line[i]}`);
      if (count >= max) {
        max = count;
        longest = `${count}${line[i]}`;
      }
      count = 1;
    }
  }
  console.log(result.join(' '));
}
console.log(`longest: ${longest}`);
