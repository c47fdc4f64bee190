function written(seconds) {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ];
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return shown.length === 0 ? '0s' : shown.join(' ');
}

function main(given) {
  if (given.length === 0) {
    console.log('usage: node kiln.js SECONDS...');
    return 2;
  }
  const wrong = given.find((text) => !/^[0-9]+$/.test(text));
  if (wrong !== undefined) {
    console.log(`not whole seconds: ${wrong}`);
    return 1;
  }
  const times = given.map(Number);
  for (const time of times) console.log(written(time));
  if (times.length > 1) console.log(`total ${written(times.reduce((sum, time) => sum + time, 0))}`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
