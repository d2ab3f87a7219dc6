// First, so that it comes before every schema.
import '../lib/agent/no-jit.ts';
import { main } from '../lib/agent/main.ts';

// A reader that closes its end does not stop a deployment.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
// Warnings of Node and the SDK about their own future are no errors of this run.
process.removeAllListeners('warning');
// `exit` runs the handlers that remove secrets.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
// The units give the agent a compile cache; programs that it starts must not write there.
delete process.env.NODE_COMPILE_CACHE;

main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
}).then((code) => process.exit(code));
