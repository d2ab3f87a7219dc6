import type { Remember } from '../lib/agent/launcher/launcher.ts';
import { main } from '../lib/agent/main.ts';

/** What the launcher gives. */
declare const remember: Remember;

// A reader that went away does not stop a deployment.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
// What Node and the SDK warn of (their own future) is no error of this run.
process.removeAllListeners('warning');
// Through `exit`, so that what has to be removed is.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  parts: remember,
}).then((code) => process.exit(code));
