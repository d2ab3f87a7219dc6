import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What goes wrong with what a host sends over one connection. */
export interface Weakness {
  /** Bytes that pass before. */
  after: number;
  /** `trickle`: a few bytes at a time for so long, then all at once. Milliseconds. */
  how: 'cut' | 'hang' | { trickle: number };
}

export interface Line {
  /** The address as it is reached over this line. */
  url: string;
  /** How many connections there were. */
  connections: number;
  close(): Promise<void>;
}

const trickleBytes = 5;
const trickleMilliseconds = 100;

/** A line to a host on loopback. `weakness` is asked for each connection, by its number from 0. */
export async function startLine(
  to: string,
  weakness: (connection: number) => Weakness | undefined,
): Promise<Line> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const host = connect(Number(target.port), target.hostname);
    for (const socket of [client, host]) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          for (const each of [client, host]) each.destroy();
        });
    }
    client.pipe(host);
    join(host, client, weakness(line.connections));
    line.connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const line: Line = {
    url: to.replace(`:${target.port}`, `:${port}`),
    connections: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}

function join(host: Socket, client: Socket, weakness: Weakness | undefined): void {
  if (!weakness) {
    host.pipe(client);
    return;
  }
  let passed = 0;
  host.on('data', (chunk: Buffer) => {
    const good = chunk.subarray(0, Math.max(0, weakness.after - passed));
    passed += good.length;
    client.write(good);
    if (good.length === chunk.length) return;
    host.pause().removeAllListeners('data');
    weaken(host, client, weakness, chunk.subarray(good.length));
  });
}

function weaken(host: Socket, client: Socket, { how }: Weakness, rest: Buffer): void {
  if (how === 'hang') return;
  if (how === 'cut') client.destroy();
  else trickle(host, client, rest, how.trickle);
}

function trickle(host: Socket, client: Socket, rest: Buffer, milliseconds: number): void {
  if (milliseconds <= 0 || client.destroyed) {
    client.write(rest);
    host.pipe(client);
    return;
  }
  client.write(rest.subarray(0, trickleBytes));
  const left = rest.subarray(trickleBytes);
  setTimeout(() => trickle(host, client, left, milliseconds - trickleMilliseconds), trickleMilliseconds);
}
