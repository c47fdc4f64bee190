// The settings of the window sign, from the environment.

const problems = [];

function number(name, fallback, least, most) {
  const given = process.env[name];
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < least || value > most) {
    problems.push(`${name} must be a whole number from ${least} to ${most}`);
  }
  return value;
}

function choice(name, fallback, allowed) {
  const given = process.env[name] ?? fallback;
  if (!allowed.includes(given)) problems.push(`${name} must be one of ${allowed.join(', ')}`);
  return given;
}

function required(name) {
  const given = process.env[name] ?? '';
  if (given === '') problems.push(`${name} is missing`);
  return given;
}

export const settings = {
  // the line of text on the sign
  text: required('SIGN_TEXT'),
  // how bright the lights are, in per cent
  brightness: number('SIGN_BRIGHTNESS', 80, 5, 100),
  // how the text comes in
  motion: choice('SIGN_MOTION', 'scroll', ['scroll', 'blink', 'still']),
  // the hour of the day at which the sign goes dark
  darkHour: number('SIGN_DARK_HOUR', 21, 0, 23),
};

if (problems.length > 0) {
  for (const problem of problems) console.error(`sign: ${problem}`);
  process.exit(78);
}
