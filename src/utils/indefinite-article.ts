/** "a" or "an", as the title of a role wants it: by sound where it is an abbreviation that is spelled out ("an SRE", "a UX Designer"). */
export function indefiniteArticle(title: string): 'a' | 'an' {
  const [first = ''] = title.split(/[\s/-]/, 1);
  const isSpelled = /^[A-Z]{2,4}$/.test(first);
  return (isSpelled ? /^[AEFHILMNORSX]/ : /^(?:[aeio]|u(?!ni|se|ti))/i).test(first) ? 'an' : 'a';
}
