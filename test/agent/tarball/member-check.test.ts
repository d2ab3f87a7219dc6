import fc from 'fast-check';
import { limits, MemberCheck } from '../../../lib/agent/tarball/member-check.ts';
import type { Member } from '../../../lib/agent/tarball/members.ts';

const file = (name: string, size = 1): Member => ({ type: '-', size, name });
const folder = (name: string): Member => ({ type: 'd', size: 0, name });
const link = (name: string, target: string): Member => ({
  type: 'l',

  size: 0,
  name,
  target,
});
const hard = (name: string, target: string): Member => ({
  type: 'h',

  size: 0,
  name,
  target,
});

/** The verdict over members, on a tree with these links. */
function verdict(members: readonly Member[], links: Record<string, string> = {}): string | undefined {
  const check = new MemberCheck();
  for (const member of members) check.add(member);
  return check.complaint ?? check.finish((path) => links[path]);
}

describe('MemberCheck', () => {
  it('lets a good tarball pass', () => {
    const members = [
      folder('./'),
      folder('./a/'),
      file('./a/x'),
      file('./a/x'),
      hard('./a/h', './a/x'),
      link('./l', 'a/../a/x'),
      link('./a/up', '..'),
    ];
    expect(verdict(members)).toBeUndefined();
  });

  it('counts members and bytes', () => {
    const many = new MemberCheck();
    for (let n = 0; n <= limits.members; n += 1) many.add(file('x', 0));
    expect(many.complaint).toContain(`more than ${limits.members} members`);
    expect(verdict([file('a', limits.bytes), file('b', 1)])).toContain('unpacks to more than');
    expect(verdict([file('x'.repeat(limits.name + 1))])).toContain('longer than');
  });

  it('keeps the first complaint', () => {
    expect(verdict([file('/a'), file('../b'), { ...file('p'), type: 'p' }])).toContain('absolute');
  });

  it('refuses members below a link of the tree, wherever that leads, and lets one take its place', () => {
    for (const target of ['/tmp', '../sibling', 'a/b'])
      expect(verdict([file('way/x')], { way: target })).toBe('"way" goes through a link of the commit');
    expect(verdict([file('out')], { out: '/tmp' })).toBeUndefined();
  });

  it('follows no link of the tree whose place a member takes', () => {
    expect(verdict([link('l', 'way/x')], { way: '/tmp' })).toContain('leads out of the tree');
    expect(verdict([file('way'), link('l', 'way/x')], { way: '/tmp' })).toBeUndefined();
  });

  it('gives up on links and folders that take long to look through', () => {
    const long = 'a/'.repeat(2_000);
    const through = (n: number) => Array.from({ length: 39 }, (_, m) => `l${(n * 7 + m) % n}/`).join('');
    const links = Array.from({ length: 240 }, (_, n) => link(`l${n}`, n === 0 ? `${long}.` : through(n)));
    expect(verdict(links)).toBe('its folders and links are nested too deep to be looked through');
    const deep = Array.from({ length: 600 }, (_, n) => file(`${n}/${'d/'.repeat(600)}x`));
    expect(verdict([...deep, ...deep.map(({ name }) => file(`x${name}`))])).toContain('nested too deep');
  });

  it('counts the bytes of names', () => {
    const check = new MemberCheck();
    for (let n = 0; n < limits.names / 4_000 + 1; n += 1) check.add(file(`${n}`.padEnd(4_000, 'x')));
    expect(check.complaint).toContain('the names of its members take more than');
  });

  it('refuses a hard link to a later member, and links that are given twice', () => {
    expect(verdict([hard('h', 'x'), file('x')])).toContain('names no file');
    expect(verdict([link('l', 'a'), link('l', 'b')])).toContain('twice');
    expect(verdict([folder('d/'), link('d', 'a')])).toContain('twice');
  });

  it('shows hostile names as text', () => {
    expect(verdict([file('/\x1b[31m\n')])).toBe('"/\\u001b[31m\\n" is an absolute name');
  });

  it('lets nothing out, whatever the links are', () => {
    const part = fc.constantFrom('a', 'b', 'c', '..', '.', '');
    const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    const member = fc.oneof(
      path.map((name) => file(name)),
      fc.tuple(path, path).map(([name, target]) => link(name, target)),
    );
    fc.assert(
      fc.property(fc.array(member, { maxLength: 6 }), fc.dictionary(path, path), (members, links) => {
        if (verdict(members, links) !== undefined) return;
        for (const { name } of members) expect(leavesRoot(name, members, links)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Whether the kernel, on its way to where a member is written, ever steps above the root. */
function leavesRoot(name: string, members: readonly Member[], tree: Record<string, string>): boolean {
  const own = members.filter(({ type }) => type === 'l').map((each) => [clean(each.name), each.target ?? '']);
  const links: Record<string, string> = { ...tree, ...Object.fromEntries(own) };
  const todo = clean(name).split('/').slice(0, -1).reverse();
  const here: string[] = [];
  for (let steps = 0; todo.length > 0 && steps < 200; steps += 1) {
    const step = todo.pop();
    if (step === '..' && here.pop() === undefined) return true;
    if (!step || step === '.' || step === '..') continue;
    const target = links[[...here, step].join('/')];
    if (target?.startsWith('/')) return true;
    if (target === undefined) here.push(step);
    else todo.push(...target.split('/').reverse());
  }
  return false;
}

const clean = (name: string) =>
  name
    .split('/')
    .filter((each) => each !== '' && each !== '.')
    .join('/');
