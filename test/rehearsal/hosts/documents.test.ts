import { documentAt } from '../../../lib/rehearsal/hosts/documents.ts';

describe('a path of the metadata', () => {
  const all = {
    'meta-data/instance-id': 'i-1',
    'meta-data/tags/instance/a': '1',
    'meta-data/tags/instance/b': '',
  };

  it('is a document, which may be empty', () => {
    expect(documentAt(all, 'meta-data/instance-id')).toBe('i-1');
    expect(documentAt(all, 'meta-data/tags/instance/b')).toBe('');
  });

  it('is a folder: the names in it, folders with a slash', () => {
    expect(documentAt(all, 'meta-data')).toBe('instance-id\ntags/');
    expect(documentAt(all, 'meta-data/tags/instance')).toBe('a\nb');
    expect(documentAt(all, '')).toBe('meta-data/');
  });

  it('is nothing', () => {
    expect(documentAt(all, 'meta-data/instance')).toBeUndefined();
  });
});
