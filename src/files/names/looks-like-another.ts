/** Letters of other scripts that look like Latin ones. */
const latinLookalikes =
  /[\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03bd\u03bf\u03c1\u03c5\u03c7\u03f2\u03f3\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04ae\u04af\u04bb\u04c0\u04cf\u0501\u051b\u051d\u0531\u054d\u0555\u0561\u0566\u0570\u0575\u0578\u057d\u0581\u0585\u13a0-\u13f5\uab70-\uabbf]/u;
/** Characters that look like a slash, a backslash, a colon or a dot. */
const signLookalikes = /[\u1735\u2024\u2044\u2215\u2216\u2236\u29f5\u29f8\u29f9\ua789\ufe52\ufe68\ufe55\uff0e]/u;
/** Mathematical and typographical variants of Latin letters and digits, except those as wide as Chinese characters, which everybody notices. */
const styled = /[\u2071\u207f\u2090-\u209c\u2100-\u214f\u{1d400}-\u{1d7ff}\ufb00-\ufb06]/u;

/**
 * Whether a name hides what it is: a word that reads like Latin but contains letters of another script, or a character that looks like a separator. Names in
 * other scripts, and words that mix scripts visibly, are what they seem.
 */
export function looksLikeAnother(name: string): boolean {
  return signLookalikes.test(name) || styled.test(name) || (name.match(/[\p{L}\p{M}\d_]+/gu) ?? []).some(readsAsLatin);
}

function readsAsLatin(word: string): boolean {
  const letters = word.match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter));
  return foreign.length > 0 && foreign.length < letters.length && foreign.every((letter) => latinLookalikes.test(letter));
}
