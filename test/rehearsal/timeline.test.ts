import { Timeline } from '../../lib/rehearsal/timeline.ts';

function timeline(isTTY: boolean) {
  let text = '';
  let now = 1000;
  const screen = {
    isTTY,
    columns: 40,
    write: (more: string) => {
      text += more;
    },
  };
  return {
    line: new Timeline(screen, () => now),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    shown: () => text,
  };
}

describe('the timeline', () => {
  it('has a line with its seconds for each thing that happens', () => {
    const { line, pass, shown } = timeline(false);
    line.say('begun');
    pass(12_340);
    line.say('deployed');
    line.print('a table');
    expect(shown()).toBe('   0.0 s  begun\n  12.3 s  deployed\na table\n');
    expect(line.seconds).toBeCloseTo(12.34);
  });

  it('shows the present only when it is news, in plain text', () => {
    const { line, shown } = timeline(false);
    line.status('60 requests/s', false);
    line.status('59 requests/s', true);
    line.end();
    expect(shown()).toBe('   0.0 s  59 requests/s\n');
  });

  it('rewrites the last line on a terminal, below what happens, and cuts it to the width', () => {
    const { line, shown } = timeline(true);
    line.status('60 requests/s', false);
    line.say('shift');
    line.status('x'.repeat(100), false);
    line.end();
    const clear = '\r\x1b[K';
    const status = '   0.0 s  60 requests/s';
    const long = `   0.0 s  ${'x'.repeat(29)}`;
    expect(shown()).toBe(`${status}${clear}   0.0 s  shift\n${status}${clear}${long}${clear}`);
  });
});
