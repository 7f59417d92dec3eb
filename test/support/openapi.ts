type Schema = {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
};

export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  /** Names of the query parameters. */
  query: string[];
  /** The body's schema with its references resolved one level deep. */
  body: Schema | null;
}

interface RawOperation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Document {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** Every operation of the contract. */
export function operations(given: object): Operation[] {
  const document = given as Document;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase() as Operation['method'],
      path,
      query: (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map(({ name }) => name),
      body: resolve(operation.requestBody?.content['application/json']?.schema, document),
    })),
  );
}

function resolve(schema: Schema | undefined, document: Document): Schema | null {
  if (!schema) return null;
  const found = schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;
  const properties = Object.entries(found.properties ?? {}).map(
    ([name, property]) => [name, flat(property, document)] as const,
  );
  return { ...found, properties: Object.fromEntries(properties) };
}

function flat(schema: Schema, document: Document): Schema {
  const inner = schema.allOf?.[0] ?? schema;
  return inner.$ref ? (document.components.schemas[inner.$ref.split('/').at(-1)!] ?? inner) : inner;
}

export interface HostileBody {
  what: string;
  body: Record<string, unknown>;
  /** The field that the refusal must name. */
  path?: string;
}

const WRONG: Record<string, unknown[]> = {
  string: [{ a: 1 }, ['x'], 12, true, 'x'.repeat(100_000), 'a\u0000b', '\ud800'],
  number: ['abc', {}, [], -1e300, 'NaN', true],
  integer: ['abc', {}, [], 1.5, -1e15, true],
  boolean: ['yes', 1, {}, []],
  array: ['x', 1, { 0: 'a' }, [{ deep: [[[]]] }], Array.from({ length: 5000 }, () => 'x')],
  object: ['x', 1, [], { unknownField: 1 }],
  anyObject: ['x', 1, []],
};

/** Bodies that must be refused, each with the field that is wrong. The rest is missing too: its faults are named beside. */
export function hostileBodies(schema: Schema): HostileBody[] {
  const properties = Object.entries(schema.properties ?? {});
  const unknown = { what: 'an unknown field', body: { thisFieldIsUnknown: 1 }, path: 'thisFieldIsUnknown' };
  const polluted = {
    what: 'a polluted prototype',
    body: JSON.parse('{"constructor":{"prototype":{"admin":true}}}') as Record<string, unknown>,
  };
  const wrong = properties.flatMap(([name, property]) =>
    (
      WRONG[property.properties || property.type !== 'object' ? (property.type ?? '') : 'anyObject'] ?? []
    ).map((value) => ({
      what: `${name} = ${JSON.stringify(value).slice(0, 40)}`,
      body: { [name]: value },
      path: name,
    })),
  );
  return [unknown, polluted, ...wrong];
}
