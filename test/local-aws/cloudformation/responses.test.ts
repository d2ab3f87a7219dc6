import { type ResponseServer, startResponseServer } from '../../../lib/local-aws/cloudformation/responses.ts';

describe('the answers of custom resources', () => {
  let server: ResponseServer;

  beforeAll(async () => {
    server = await startResponseServer();
  });
  afterAll(() => server.close());

  const put = (url: string, body: string) => fetch(url, { method: 'PUT', body });

  it('arrive at the url of their own request', async () => {
    const [one, two] = [server.expect(10), server.expect(10)];
    expect((await put(two.url, '{"Status":"FAILED"}')).status).toBe(200);
    expect((await put(one.url, '{"Status":"SUCCESS"}')).status).toBe(200);
    expect(await Promise.all([one.body, two.body])).toEqual([{ Status: 'SUCCESS' }, { Status: 'FAILED' }]);
  });

  it('are refused when nobody waits for them, twice, or when they are no JSON', async () => {
    const { url, body } = server.expect(10);
    expect((await put(url, 'no')).status).toBe(400);
    expect((await put(url, '{}')).status).toBe(200);
    expect((await put(url, '{}')).status).toBe(400);
    expect(await body).toEqual({});
  });

  it('do not come for ever', async () => {
    await expect(server.expect(0.05).body).rejects.toThrow('no answer in 0.05 seconds');
  });
});
