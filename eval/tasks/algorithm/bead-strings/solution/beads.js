import { readFileSync } from "node:fs";

/** The groups of equal letters of one line, as { count, letter }. */
function groupsOf(line) {
  const groups = [];
  for (const letter of line) {
    const last = groups.at(-1);
    if (last && last.letter === letter) {
      last.count += 1;
    } else {
      groups.push({ count: 1, letter });
    }
  }
  return groups;
}

const shown = (group) => `${group.count}${group.letter}`;

const lines = readFileSync(0, "utf8").split(/\r?\n/);
if (lines.at(-1) === "") {
  lines.pop();
}

let longest;
for (const line of lines) {
  const groups = groupsOf(line);
  console.log(groups.length === 0 ? "empty" : groups.map(shown).join(" "));
  for (const group of groups) {
    if (!longest || group.count > longest.count) {
      longest = group;
    }
  }
}
console.log(`longest: ${longest ? shown(longest) : "none"}`);
