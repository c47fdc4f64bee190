function readLabel(text) {
  const result = {};
  const parts = text.split(';');
  for (const part of parts) {
    const [name, value] = part.trim().split('=');
    if (name === '') {
      throw new Error(`no name: ${part}`);
    }
    if (value === undefined) {
      result[name.toLowerCase()] = true;
    } else if (!isNaN(value)) {
      result[name.toLowerCase()] = Number(value);
    } else {
      result[name.toLowerCase()] = value.trim();
    }
  }
  return result;
}

function writeLabel(label) {
  return Object.keys(label)
    .map((key) => `${key}=${label[key]}`)
    .join('; ');
}

module.exports = { readLabel, writeLabel };
