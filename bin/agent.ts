import type { Remember } from '../lib/agent/launcher/launcher.ts';
import { main } from '../lib/agent/main.ts';

/** Given by the launcher. */
declare const remember: Remember;

// A reader that closes its end does not stop a deployment.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
// Warnings of Node and the SDK about their own future are no errors of this run.
process.removeAllListeners('warning');
// `exit` runs the handlers that remove secrets.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  parts: remember,
}).then((code) => process.exit(code));
