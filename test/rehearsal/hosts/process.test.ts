import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessHosts } from '../../../lib/rehearsal/hosts/process.ts';
import { processTreeOf } from '../../../lib/rehearsal/hosts/process-tree.ts';
import { launched } from '../../support/rehearsal/instance.ts';

const server = `node -e '
  const http = require("node:http");
  http.createServer((request, response) => response.writeHead(request.url === "/ill" ? 500 : 200).end("up"))
    .listen(Number(process.env.PORT), process.env.ADDRESS)'`;

const ask = `curl -sS --fail -H "x-aws-ec2-metadata-token: $(curl -sS --fail -X PUT \\
  -H 'x-aws-ec2-metadata-token-ttl-seconds: 60' $AWS_EC2_METADATA_SERVICE_ENDPOINT/latest/api/token)" \\
  $AWS_EC2_METADATA_SERVICE_ENDPOINT/latest/meta-data`;

describe('process hosts', () => {
  let folder: string;
  let hosts: ProcessHosts;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    hosts = new ProcessHosts({ folder, region: 'eu-west-1' });
    hosts.endpoint = 'http://127.0.0.1:9';
  });

  afterEach(async () => {
    await hosts.stopAll();
    rmSync(folder, { recursive: true });
  });

  /** Waits, bounded, for something that real processes do. */
  async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + 15_000;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`did not come: ${what}; console: ${hosts.console('i-1')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const upOn = (id: string) =>
    until('an answer', async () => (await hosts.probe(id, 8123, '/', 1000)) === 200);

  it('runs the user-data, keeps its console, and knows itself from its metadata', async () => {
    hosts.start(launched('i-1', `#!/bin/bash\necho "I am $(${ask}/instance-id) in $(pwd)"\n`));
    await until('the end', () => hosts.console('i-1').includes('user-data ended with 0'));
    expect(hosts.console('i-1')).toContain(`I am i-1 in ${join(folder, 'i-1')}`);
  });

  it('gives an instance the endpoint, its home and the tools, and nothing of the caller', async () => {
    hosts.start(launched('i-1', 'env | cut -d= -f1 | sort | paste -sd " "; node --version'));
    await until('the end', () => hosts.console('i-1').includes('user-data ended with 0'));
    expect(hosts.console('i-1').split('\n')[0]).toBe(
      'AWS_EC2_METADATA_SERVICE_ENDPOINT AWS_ENDPOINT_URL HOLDFAST_HOME HOME LANG PATH PWD SHLVL TMPDIR _',
    );
    expect(hosts.console('i-1')).toContain(process.version);
  });

  it('halts an instance and boots it again: its address and its disk stay', async () => {
    const one = launched('i-1', 'echo x >> boots; echo "boot $(grep -c x boots)"; sleep 60');
    hosts.start(one);
    await until('the first boot', () => hosts.console('i-1').includes('boot 1'));
    const address = hosts.address('i-1');
    await hosts.halt('i-1');
    expect(processTreeOf(hosts.home('i-1'))).toEqual([]);
    hosts.start(one);
    await until('the second boot', () => hosts.console('i-1').includes('boot 2'));
    expect(hosts.address('i-1')).toBe(address);
  });

  it('ends all instances, also when one cannot be ended, and then says so', async () => {
    for (const id of ['i-1', 'i-2']) hosts.start(launched(id, 'echo on; sleep 60'));
    await until('both', () => ['i-1', 'i-2'].every((id) => hosts.console(id).includes('on')));
    const stop = jest.spyOn(hosts, 'stop').mockRejectedValueOnce(new Error('i-1 does not end'));
    await expect(hosts.stopAll()).rejects.toThrow('i-1 does not end');
    expect(existsSync(hosts.home('i-2'))).toBe(false);
    stop.mockRestore();
  });

  it('gives each instance its own address, on which the same port is free', async () => {
    for (const id of ['i-1', 'i-2']) {
      hosts.start(launched(id, `export ADDRESS=${hosts.address(id)} PORT=8123\n${server}\n`));
    }
    await Promise.all([upOn('i-1'), upOn('i-2')]);
    expect(hosts.address('i-1')).not.toBe(hosts.address('i-2'));
    expect(await hosts.probe('i-1', 8123, '/ill', 1000)).toBe(500);
    expect(await hosts.probe('i-1', 8124, '/', 1000)).toBeUndefined();
  });

  it('ends everything that an instance started: children, strays with a session of their own, and the deaf', async () => {
    const lines = [
      `export ADDRESS=${hosts.address('i-1')} PORT=8123`,
      `setsid ${server} </dev/null >/dev/null 2>&1 &`,
      'setsid env -i sleep 300 </dev/null >/dev/null 2>&1 &',
      `(trap '' TERM; while :; do sleep 300; done) &`,
      'sleep 300',
    ];
    hosts.start(launched('i-1', lines.join('\n')));
    await upOn('i-1');
    await until('all of them', () => processTreeOf(hosts.home('i-1')).length >= 6);
    await hosts.stop('i-1');
    expect(processTreeOf(hosts.home('i-1'))).toEqual([]);
    expect(await hosts.probe('i-1', 8123, '/', 1000)).toBeUndefined();
    expect(existsSync(hosts.home('i-1'))).toBe(false);
  });

  it('leaves other instances alone when it ends one', async () => {
    for (const id of ['i-1', 'i-2']) {
      hosts.start(launched(id, `export ADDRESS=${hosts.address(id)} PORT=8123\n${server}\n`));
    }
    await Promise.all([upOn('i-1'), upOn('i-2')]);
    await hosts.stop('i-1');
    expect(await hosts.probe('i-2', 8123, '/', 1000)).toBe(200);
  });

  it('ends an instance that is still booting, and ending twice or an unknown one is fine', async () => {
    hosts.start(launched('i-1', 'sleep 300'));
    await hosts.stop('i-1');
    await hosts.stop('i-1');
    await hosts.stop('i-none');
    expect(processTreeOf(hosts.home('i-1'))).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
