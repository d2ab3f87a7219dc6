/** Values that intrinsic functions of a template look up. */
export interface Lookup {
  /** `Ref`: of a resource, a parameter or a pseudo parameter. */
  ref(name: string): unknown;
  attribute(resource: string, attribute: string): unknown;
  importValue(name: string): unknown;
  /** An output of another stack. */
  output(stack: string, name: string): unknown;
  /** Names of the availability zones. */
  zones(): string[];
  condition(name: string): boolean;
}

/** Stands for AWS::NoValue: the property is left out. */
export const noValue = Symbol('AWS::NoValue');

type Evaluate = (argument: unknown, lookup: Lookup) => unknown;

const functions: Record<string, Evaluate> = {
  Ref: (name, lookup) => lookup.ref(String(name)),
  'Fn::GetAtt': (argument, lookup) => {
    const [resource = '', ...rest] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return lookup.attribute(resource, rest.join('.'));
  },
  'Fn::Join': (argument, lookup) => {
    const [separator, parts] = list(argument);
    return list(resolve(parts, lookup)).join(String(separator));
  },
  'Fn::Sub': (argument, lookup) => substitute(argument, lookup),
  'Fn::Select': (argument, lookup) => {
    const [index, from] = list(argument);
    return list(resolve(from, lookup))[Number(resolve(index, lookup))];
  },
  'Fn::Split': (argument, lookup) => {
    const [separator, text] = list(argument);
    return String(resolve(text, lookup)).split(String(separator));
  },
  'Fn::GetAZs': (_, lookup) => lookup.zones(),
  'Fn::ImportValue': (name, lookup) => lookup.importValue(String(resolve(name, lookup))),
  'Fn::GetStackOutput': (argument, lookup) => {
    const { StackName, OutputName } = resolve(argument, lookup) as { StackName: string; OutputName: string };
    return lookup.output(StackName, OutputName);
  },
  'Fn::Base64': (text, lookup) => Buffer.from(String(resolve(text, lookup))).toString('base64'),
  'Fn::If': (argument, lookup) => {
    const [condition, whenSo, otherwise] = list(argument);
    return resolve(lookup.condition(String(condition)) ? whenSo : otherwise, lookup);
  },
  'Fn::Equals': (argument, lookup) => {
    const [a, b] = list(resolve(argument, lookup));
    return a === b;
  },
  'Fn::And': (argument, lookup) => list(argument).every((each) => resolve(each, lookup) === true),
  'Fn::Or': (argument, lookup) => list(argument).some((each) => resolve(each, lookup) === true),
  'Fn::Not': (argument, lookup) => resolve(list(argument)[0], lookup) !== true,
  Condition: (name, lookup) => lookup.condition(String(name)),
};

/** A value of a template with all its intrinsic functions carried out. */
export function resolve(value: unknown, lookup: Lookup): unknown {
  if (Array.isArray(value))
    return value.map((each) => resolve(each, lookup)).filter((each) => each !== noValue);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && isFunction(name)) return evaluate(name, argument, lookup);
  return Object.fromEntries(
    entries.map(([key, inside]) => [key, resolve(inside, lookup)]).filter(([, inside]) => inside !== noValue),
  );
}

function isFunction(name: string): boolean {
  return name.startsWith('Fn::') || name === 'Ref' || name === 'Condition';
}

function evaluate(name: string, argument: unknown, lookup: Lookup): unknown {
  const known = functions[name];
  // A property may be called Condition: that one holds an object (IAM), the function holds a name.
  if (name === 'Condition' && typeof argument !== 'string') return { Condition: resolve(argument, lookup) };
  if (!known) throw new Error(`the rehearsal does not know the intrinsic function ${name}`);
  return known(argument, lookup);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`expected a list in an intrinsic function, found ${JSON.stringify(value)}`);
}

function substitute(argument: unknown, lookup: Lookup): string {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = resolve(given, lookup) as Record<string, unknown>;
  return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in values) return String(values[name]);
    const [resource = '', ...rest] = name.split('.');
    return String(rest.length > 0 ? lookup.attribute(resource, rest.join('.')) : lookup.ref(name));
  });
}
