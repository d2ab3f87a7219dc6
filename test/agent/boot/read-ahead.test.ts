import { launchParameters, readAhead } from '../../../lib/agent/boot/read-ahead.ts';
import { FakeParameters } from '../../support/fleet/fake-parameters.ts';

describe('parameters that are read ahead', () => {
  let parameters: FakeParameters;
  /** The calls, by what was asked for. */
  let asked: (string | readonly string[])[];

  beforeEach(() => {
    parameters = new FakeParameters([]);
    parameters.set('/s', 'settings');
    asked = [];
  });

  const ids = ['/s:1', '/r:1', '/deployed'];
  const ahead = () =>
    readAhead(
      {
        get(name) {
          asked.push(name);
          return parameters.get(name);
        },
        getVersion(name, version) {
          asked.push(`${name}:${version}`);
          return parameters.getVersion(name, version);
        },
        together(all) {
          asked.push(all);
          return parameters.together(all);
        },
        put: (name, value) => parameters.put(name, value),
        history: (name) => parameters.history(name),
      },
      ids,
    );

  it('are answered from one call', async () => {
    parameters.set('/deployed', 'record');
    const known = await ahead();
    expect(await known.getVersion('/s', 1)).toMatchObject({ value: 'settings' });
    expect(await known.get('/deployed')).toMatchObject({ value: 'record' });
    expect(asked).toEqual([ids]);
  });

  it('are asked for one by one when they were not visible then', async () => {
    const known = await ahead();
    parameters.set('/r', 'record');
    expect(await known.getVersion('/r', 1)).toMatchObject({ value: 'record' });
    expect(await known.get('/deployed')).toBeUndefined();
    expect(asked).toEqual([ids, '/r:1', '/deployed']);
  });

  it('are the settings, the record, and what is deployed', () => {
    const launch = { environment: 'prod', service: 'web', record: '/r:3', settings: '/s:2' };
    const deployed = '/holdfast/prod/web/deployed';
    expect(launchParameters(launch)).toEqual(['/s:2', '/r:3', deployed]);
    expect(launchParameters({ ...launch, record: `${deployed}:4` })).toEqual(['/s:2', `${deployed}:4`]);
  });
});
