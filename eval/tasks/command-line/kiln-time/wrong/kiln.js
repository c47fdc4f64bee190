const args = process.argv.slice(2);

if (args.length === 0) {
  console.log('usage: node kiln.js SECONDS...');
  process.exit(1);
}

function formatTime(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const secs = seconds % 60;
  let result = '';
  if (hours > 0) result += `${hours}h `;
  if (minutes > 0) result += `${minutes}m `;
  if (secs > 0) result += `${secs}s`;
  return result.trim();
}

let total = 0;
for (const arg of args) {
  const seconds = parseInt(arg);
  if (isNaN(seconds) || seconds < 0) {
    console.log(`not whole seconds: ${arg}`);
    process.exit(1);
  }
  total += seconds;
  console.log(formatTime(seconds));
}
if (args.length > 1) console.log(`total ${formatTime(total)}`);
