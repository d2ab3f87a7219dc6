import { taskResources } from '../../../lib/local-aws/states-language/definition.ts';

it('finds the tasks of a definition, those inside Map and Parallel too', () => {
  const inner = (name: string) => ({
    StartAt: name,
    States: { [name]: { Type: 'Task', Resource: `arn:${name}`, End: true } },
  });
  const definition = {
    StartAt: 'a',
    States: {
      a: { Type: 'Task', Resource: 'arn:a', Next: 'b' },
      b: { Type: 'Parallel', Branches: [inner('b1'), inner('b2')], Next: 'c' },
      c: { Type: 'Map', ItemProcessor: inner('c1'), Next: 'd' },
      d: { Type: 'Map', Iterator: inner('d1'), Next: 'e' },
      e: { Type: 'Succeed' },
    },
  };
  expect([...taskResources(definition).keys()]).toEqual(['a', 'b1', 'b2', 'c1', 'd1']);
  expect(taskResources(definition).get('b2')).toBe('arn:b2');
});
