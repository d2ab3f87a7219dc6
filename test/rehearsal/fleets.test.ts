import { describeFleets, type FleetView } from '../../lib/rehearsal/fleets.ts';

const fleet: FleetView = {
  group: 'g',
  colour: 'blue',
  commit: '1a2b3c4d5e',
  weight: 100,
  isRecorded: true,
  desired: 2,
  inService: ['i-1', 'i-2'],
};

it('describes who is live', () => {
  const candidate: FleetView = {
    ...fleet,
    colour: 'green',
    commit: '5e6f7a8b9c',
    weight: 0,
    isRecorded: false,
    inService: [],
  };
  expect(describeFleets([fleet, candidate])).toBe(
    'blue live 1a2b3c4d 100 %, 2 of 2 in service | green 5e6f7a8b 0 %, 0 of 2 in service',
  );
  expect(describeFleets([])).toBe('no fleet');
});
