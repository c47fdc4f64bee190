/** No form says more: it is there to be imitated. */
const deepest = 8;

/**
 * An example of what a JSON Schema asks for, for models that imitate a form more reliably than they read a schema: texts say what belongs in their place, and
 * values to choose from stand beside each other.
 */
export function jsonForm(schema: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(formOf(schema, 1));
}

function formOf(schema: unknown, depth: number): unknown {
  if (typeof schema !== 'object' || schema === null || depth > deepest) return '…';
  const { type, properties, items, anyOf, enum: values, const: only, description } = schema as Record<string, unknown>;
  if (only !== undefined) return only;
  if (Array.isArray(values)) return values.map(String).join(' or ');
  if (Array.isArray(anyOf)) return formOf(anyOf[0], depth + 1);
  if (type === 'array' || items !== undefined) return [formOf(items, depth + 1)];
  if (type === 'object' || properties !== undefined)
    return Object.fromEntries(Object.entries(properties ?? {}).map(([name, inner]) => [name, formOf(inner, depth + 1)]));
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return 0;
  return typeof description === 'string' ? description : '…';
}
