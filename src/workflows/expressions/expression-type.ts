/**
 * What a value in an expression is, as far as it is known before anything has run. `any`: that is seen when it is evaluated. `{ list }`: a list of such values;
 * `{ names }`: keys with values, and no others than these.
 */
export type ExpressionType =
  | 'any'
  | 'text'
  | 'number'
  | 'boolean'
  | 'null'
  | 'map'
  | { readonly list: ExpressionType }
  | { readonly names: ExpressionNames };

/** The names that an expression may use, and what each stands for. */
export type ExpressionNames = Readonly<Record<string, ExpressionType>>;

/** As a person calls it: `a text`. */
export function nameOfType(type: ExpressionType): string {
  if (typeof type === 'object') return 'list' in type ? 'a list' : 'keys with values';
  return { any: 'any value', text: 'a text', number: 'a number', boolean: 'true or false', null: 'null', map: 'keys with values' }[type];
}

/** Of a value that is there. */
export function typeOfValue(value: unknown): ExpressionType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return { list: 'any' };
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'map';
  }
}

/** Whether a value of the first type may stand where one of the second is expected. What is not known may. */
export function mayBe(found: ExpressionType, expected: ExpressionType): boolean {
  if (found === 'any' || expected === 'any') return true;
  if (typeof expected === 'object' && 'list' in expected) {
    return typeof found === 'object' && 'list' in found && mayBe(found.list, expected.list);
  }
  const isMap = (type: ExpressionType) => type === 'map' || (typeof type === 'object' && 'names' in type);
  return found === expected || (isMap(found) && isMap(expected));
}
