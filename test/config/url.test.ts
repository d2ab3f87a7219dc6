import { isPrivate, urlProblem } from '../../lib/config/url.ts';

it.each([
  'https://git.example.com/a/b.git',
  'ssh://git@git.example.com/a.git',
  'ssh://git@git.example.com:2222/a.git',
  'file:///srv/git/a.git',
  'http://127.0.0.1:8080/a.git',
  'http://10.1.2.3/a.git',
  'http://[::1]:80/a.git',
  'http://localhost/a.git',
])('takes %s', (url) => {
  expect(urlProblem(url)).toBeUndefined();
});

it.each([
  ['-oProxyCommand=x', 'does not start with "-"'],
  ['git@git.example.com:a.git', 'a url with a scheme'],
  ['/srv/git', 'a url with a scheme'],
  ['git://git.example.com/a', 'scheme git is refused'],
  ['ext::sh -c id', 'without spaces'],
  ['ext::sh', 'scheme ext is refused'],
  ['http://git.example.com/a.git', 'http only on loopback'],
  ['http://172.15.0.1/a.git', 'http only on loopback'],
  ['https://user:secret@git.example.com/a', 'without user name and password'],
  ['https://user@git.example.com/a', 'without user name and password'],
  ['ssh://git:pw@git.example.com/a', 'without user name and password'],
  ['ssh://-oProxyCommand=x/a', 'do not start with "-"'],
  ['https://g/a\nb', 'without spaces and control characters'],
  ['http://127.0.0.1\\@git.example.com/a', 'programs read them differently'],
  ['https://g/a?token=x', 'programs read them differently'],
  ['http://127.0.0.1#@git.example.com/a', 'programs read them differently'],
  ['https:git.example.com/a', 'begins with https:// in lower case'],
  ['http:/127.0.0.1/a', 'begins with http:// in lower case'],
  ['HTTPS://git.example.com/a', 'begins with https:// in lower case'],
  ['', 'a url with a scheme'],
])('refuses %j', (url, reason) => {
  expect(urlProblem(url)).toContain(reason);
});

it.each([
  ['127.0.0.1', true],
  ['172.16.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['fd00::1', true],
  ['2001:db8::1', false],
  ['8.8.8.8', false],
  ['10.example.com', false],
])('knows whether %s is private: %s', (host, answer) => {
  expect(isPrivate(host)).toBe(answer);
});
