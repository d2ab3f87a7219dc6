/** Time limit of baking: packages, a highstate, mirrors. Seconds. */
const bakeSeconds = 7200;

const file = '/var/tmp/holdfast-boot.sh';

/** Document for Image Builder: the boot script of the service's instances, told to bake. */
export function bakeDocument(name: string, script: string): string {
  const commands = [
    'set -e',
    `echo ${Buffer.from(script).toString('base64')} | base64 --decode > ${file}`,
    `HOLDFAST_COMMAND=bake bash ${file}`,
    `rm ${file}`,
  ];
  const bake = { name: 'bake', action: 'ExecuteBash', timeoutSeconds: bakeSeconds, inputs: { commands } };
  return JSON.stringify({ name, schemaVersion: '1.0', phases: [{ name: 'build', steps: [bake] }] });
}
