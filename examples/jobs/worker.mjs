/** The sample worker: takes messages from the queue at QUEUE_URL and writes each in capitals to its log. */
import { setTimeout as sleep } from 'node:timers/promises';

const { QUEUE_URL = 'http://127.0.0.1:5672' } = process.env;
const idleMilliseconds = 200;

let isEnding = false;
// The job at hand is finished, no other one begun.
process.once('SIGTERM', () => (isEnding = true));

while (!isEnding) {
  const message = await take().catch(() => undefined);
  if (message === undefined) await sleep(idleMilliseconds);
  else console.log(`done: ${message.toUpperCase()}`);
}

async function take() {
  const response = await fetch(`${QUEUE_URL}/messages`, { method: 'DELETE' });
  return response.status === 200 ? await response.text() : undefined;
}
