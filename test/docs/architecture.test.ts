import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plan } from '../support/rooms/plan.ts';

const page = readFileSync(join(__dirname, '../../docs/architecture.md'), 'utf8');
const [, rooms = ''] = page.split('## Rooms');

it('the architecture page names the rooms of the plan, from the ground up', () => {
  const named = [...rooms.matchAll(/^\| `([^`]+)` \|/gm)].map(([, room]) => room);
  expect(named).toEqual(Object.keys(plan));
});
