/** A resource of a CloudFormation template. */
export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
}

export interface Template {
  Parameters?: Record<string, { Type: string; Default?: string }>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

const orders = new WeakMap<Template, readonly string[]>();

/** Logical ids in an order of creation: each resource comes after those that it refers to. */
export function creationOrder(template: Template): readonly string[] {
  const order = orders.get(template) ?? orderOf(template);
  orders.set(template, order);
  return order;
}

function orderOf({ Resources: resources }: Template): readonly string[] {
  const ordered = new Set<string>();
  const under = new Set<string>();
  const visit = (id: string) => {
    const resource = resources[id];
    if (!resource || ordered.has(id)) return;
    if (under.has(id)) throw new Error(`circular dependency of resource ${id}`);
    under.add(id);
    for (const other of [resource.DependsOn ?? []].flat()) visit(other);
    for (const other of referencesOf(resource.Properties)) visit(other);
    ordered.add(id);
  };
  Object.keys(resources).forEach(visit);
  return [...ordered];
}

/** Logical ids that a value refers to by Ref, Fn::GetAtt and Fn::Sub. */
export function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inside]) => {
    if (key === 'Ref') return [String(inside)];
    if (key === 'Fn::GetAtt')
      return [String(Array.isArray(inside) ? inside[0] : inside).split('.')[0] as string];
    if (key === 'Fn::Sub')
      return [...namedInText(Array.isArray(inside) ? inside[0] : inside), ...referencesOf(inside)];
    return referencesOf(inside);
  });
}

function namedInText(text: unknown): string[] {
  return [...String(text).matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, name]) => name as string);
}
