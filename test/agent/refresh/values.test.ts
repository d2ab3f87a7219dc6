import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Events } from '../../../lib/agent/host/events.ts';
import { placeValues } from '../../../lib/agent/refresh/values.ts';
import type { Value } from '../../../lib/config/values.ts';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import { Stage, storesOf } from '../../support/agent/stage.ts';

describe('the environment of a service', () => {
  let stage: Stage;
  let valuesFile: string;
  let told: string;

  beforeEach(async () => {
    stage = await Stage.start();
    valuesFile = join(stage.folder, 'etc/values.env');
    told = '';
    const { ssm, secrets } = stage.world;
    ssm.putParameter({ Name: '/database/host', Value: 'db.internal', Type: 'String' });
    ssm.putParameter({ Name: '/database/password', Value: 'p"w$d', Type: 'SecureString' });
    secrets.createSecret({ Name: 'site/token', SecretString: '{"token":"t-1","port":5432,"nested":{}}' });
    secrets.createSecret({ Name: 'site/pem', SecretString: 'a\nb\n' });
  });
  afterEach(() => stage.stop());

  const place = (values: Record<string, Value>) =>
    placeValues({ values, valuesFile }, new Events((line) => (told += line)), storesOf(stage.world));
  const file = () => readFileSync(valuesFile, 'utf8');

  it('comes from the settings, Parameter Store and Secrets Manager, into a file for root', async () => {
    await place({
      MODE: { value: 'production' },
      HOST: { parameter: '/database/host' },
      PASSWORD: { parameter: '/database/password' },
      TOKEN: { secret: 'site/token', key: 'token' },
      PORT: { secret: 'site/token', key: 'port' },
      PEM: { secret: 'site/pem' },
    });
    expect(file()).toBe(
      'HOST="db.internal"\nMODE="production"\nPASSWORD="p\\"w\\$d"\nPEM="a\nb\n"\nPORT="5432"\nTOKEN="t-1"\n',
    );
    expect(statSync(valuesFile).mode & 0o777).toBe(0o600);
  });

  it('tells names and never a value', async () => {
    await place({
      TOKEN: { secret: 'site/token', key: 'token' },
      PASSWORD: { parameter: '/database/password' },
    });
    expect(told).toContain('"names":["TOKEN","PASSWORD"]');
    expect(told).not.toMatch(/t-1|p\\*"w/);
  });

  it('asks once for a secret that several variables come from', async () => {
    let asked = 0;
    stage.world.faults.seen = ({ operation }) => {
      if (operation === 'GetSecretValue') asked += 1;
    };
    await place({ A: { secret: 'site/token', key: 'token' }, B: { secret: 'site/token', key: 'port' } });
    expect(asked).toBe(1);
  });

  it('says whether it changed', async () => {
    const values: Record<string, Value> = { HOST: { parameter: '/database/host' } };
    expect(await place(values)).toBe(true);
    expect(await place(values)).toBe(false);
    stage.world.ssm.putParameter({ Name: '/database/host', Value: 'other', Overwrite: true });
    expect(await place(values)).toBe(true);
  });

  it('is removed when nothing is named any more', async () => {
    await place({ A: { value: '1' } });
    expect(await place({})).toBe(true);
    expect(existsSync(valuesFile)).toBe(false);
    expect(await place({})).toBe(false);
  });

  it.each<[string, Value, string]>([
    ['a parameter that is not there', { parameter: '/nope' }, 'values.A: found no parameter /nope'],
    ['a secret without the key', { secret: 'site/token', key: 'other' }, 'has no text under key other'],
    ['a key that holds an object', { secret: 'site/token', key: 'nested' }, 'has no text under key nested'],
    ['a secret that is no object', { secret: 'site/pem', key: 'a' }, 'secret site/pem is not a JSON object'],
  ])('fails for %s, and leaves the file as it was', async (_, value, complaint) => {
    await place({ A: { value: 'before' } });
    await expect(place({ A: value })).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining(complaint),
    });
    expect(file()).toBe('A="before"\n');
  });

  it('fails for a value that no environment takes, without showing it', async () => {
    stage.world.secrets.createSecret({ Name: 'binary', SecretString: 'hidden\u0001' });
    const error = await place({ A: { secret: 'binary' } }).catch((thrown: Error) => thrown);
    expect(String(error)).toMatch(/values.A: its value holds control characters/);
    expect(String(error)).not.toContain('hidden');
  });

  it('fails when the instance may not read one', async () => {
    const error = new AwsError('AccessDeniedException', 'no', 400);
    stage.world.faults.add(({ operation }) => (operation === 'GetSecretValue' ? { error } : undefined));
    await expect(place({ A: { secret: 'site/token' } })).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});
