interface State {
  Type: string;
  Resource?: string;
  Branches?: States[];
  Iterator?: States;
  ItemProcessor?: States;
}

interface States {
  States: Record<string, State>;
}

/** Resource of each Task of a definition by state name; tasks inside Map and Parallel too. */
export function taskResources(definition: object): Map<string, string> {
  const found = new Map<string, string>();
  collect(definition as States, found);
  return found;
}

function collect({ States: states }: States, found: Map<string, string>): void {
  for (const [name, state] of Object.entries(states)) {
    if (state.Type === 'Task' && state.Resource !== undefined) found.set(name, state.Resource);
    const inner = [...(state.Branches ?? []), state.Iterator, state.ItemProcessor];
    for (const each of inner) if (each) collect(each, found);
  }
}
