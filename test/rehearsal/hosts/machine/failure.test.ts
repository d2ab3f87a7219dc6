import { failureIn } from '../../../../lib/rehearsal/hosts/machine/failure.ts';

const console = [
  '         Starting cloud-final.service - Execute cloud user/final scripts...',
  '[ 1315.391879] cloud-init[109]: Cloud-init v. 22.4.2 running modules:final',
  '[ 1315.551723] cloud-init[109]: holdfast boot: line 23 failed: curl',
  '[  OK  ] Reached target multi-user.target - Multi-User System.',
];
const marker =
  '[ 1315.623981] cloud-init[109]: cc_scripts_user.py[WARNING]: Failed to run module scripts-user (scripts in /var/lib)';

describe("user-data that fails, on a machine's console", () => {
  it('is found with the last words that it wrote', () => {
    const text = [...console, marker, '[ 1316.000001] cloud-init[109]: finished'].join('\r\n');
    expect(failureIn(text)).toBe('holdfast boot: line 23 failed: curl');
  });

  it('is not seen in a console without the failure', () => {
    expect(failureIn(console.join('\n'))).toBeUndefined();
    expect(failureIn('')).toBeUndefined();
  });

  it('may have written nothing', () => {
    expect(failureIn(marker)).toBe('');
  });
});
