/** The site's build command: renders pages/ into public/. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const layout = (body) => `<!doctype html>\n<meta charset="utf-8">\n<title>Sample site</title>\n${body}`;

mkdirSync('public', { recursive: true });
for (const name of readdirSync('pages')) {
  writeFileSync(`public/${name}`, layout(readFileSync(`pages/${name}`, 'utf8')));
}
