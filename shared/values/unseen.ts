/*
 * Characters that a person cannot see: direction marks, joiners, fillers, tags, selectors, byte order marks, controls.
 * They come along when text is copied out of web pages, messengers and Persian documents, and a server takes them for a
 * part of the value.
 */

// All that Unicode says may be left undrawn, what only marks up a text (interlinear annotation), and what is no character.
const drawn = String.raw`\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\p{Noncharacter_Code_Point}`;
/** Controls and separators of lines: not drawn either, and they can break a line, a file or a request. */
const controls = String.raw`\p{Cc}\u2028\u2029`;
/** Blanks other than the space bar's; a Braille cell without dots is one too. */
const blanks = String.raw`\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800`;

const anyUnseen = new RegExp(`[${drawn}]`, 'gu');
const someUnseen = new RegExp(`[${drawn}]`, 'u');
const someControl = new RegExp(`[${controls}]`, 'u');
// A text of several lines may have tabs and line ends.
const someOtherControl = new RegExp(`(?![\\t\\n\\r])[${controls}]`, 'u');
const anyBlank = new RegExp(`[${blanks}]`, 'gu');
const someBlank = new RegExp(`[${blanks}]`, 'u');
const runs = new RegExp(`[${drawn}]+`, 'gu');
const hiddenRuns = new RegExp(`[${drawn}${controls}]+`, 'gu');
const before = new RegExp(`^[\\s${drawn}${controls}${blanks}]+`, 'u');
const after = new RegExp(`[\\s${drawn}${controls}${blanks}]+$`, 'u');

const halfSpace = '\u200c';
const joiner = '\u200d';
// Scripts whose letters join, or whose joiners decide how a cluster is drawn.
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u;
const letter = /[\p{L}\p{M}]/u;
const picture = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Where characters that cannot be seen may stay. `text`: as far as a script needs them; `none`: nowhere. */
export type UnseenPolicy = 'none' | 'text';

/**
 * A text without what cannot be seen; other blanks become spaces. Controls stay, for whoever checks it to refuse: they
 * stand between words, and nobody knows what they were.
 */
export function withoutUnseen(text: string, policy: UnseenPolicy = 'none'): string {
  if (isPlain(text)) return text;
  const spaced = text.replace(anyBlank, ' ');
  if (policy === 'none') return spaced.replace(anyUnseen, '');
  return spaced.replace(runs, (run, at: number) => {
    const left = lastOf(spaced.slice(0, at));
    const right = firstOf(spaced.slice(at + run.length));
    return needed(run, left, right);
  });
}

/** Whether a text has anything in it that cannot be seen, beside what its script needs. */
export function hasUnseen(text: string, policy: UnseenPolicy = 'none'): boolean {
  if (isPlain(text)) return false;
  return policy === 'none'
    ? someUnseen.test(text)
    : withoutUnseen(text, policy) !== text.replace(anyBlank, ' ');
}

/** A text without blanks other than the space bar's, for values that have none in them. */
export function withoutOddBlanks(text: string): string {
  return isPlain(text) ? text : text.replace(anyBlank, '');
}

/** Whether a text has control characters; in one of several lines tabs and line ends are none. */
export function hasControl(text: string, lines = false): boolean {
  return (lines ? someOtherControl : someControl).test(text);
}

/** Whether a text has a blank that is not the space bar's. */
export function hasOddBlank(text: string): boolean {
  return someBlank.test(text);
}

/** A text without the blanks and the unseen around it. */
export function trimmed(text: string): string {
  return text.replace(before, '').replace(after, '');
}

/** The code points in a text that cannot be seen, as people who look them up write them: `U+200B`. Each once. */
export function unseenIn(text: string): readonly string[] {
  const found = [...text].filter(
    (one) => someUnseen.test(one) || someControl.test(one) || someBlank.test(one),
  );
  return [...new Set(found)].map(codePoint);
}

/** A stretch of a text as it can be seen, or (`code`) a character in it that cannot. */
export type SeenPart = { readonly text: string } | { readonly code: string };

/**
 * A text for being looked at: what cannot be seen in it, or turns the direction of what can, is told apart, but for what
 * its script needs.
 */
export function seenParts(text: string): readonly SeenPart[] {
  if (isPlain(text) || !(hasUnseen(text, 'text') || hasControl(text))) return [{ text }];
  const parts: SeenPart[] = [];
  let from = 0;
  for (const run of text.matchAll(hiddenRuns)) {
    const end = run.index + run[0].length;
    const kept = needed(run[0], lastOf(text.slice(0, run.index)), firstOf(text.slice(end)));
    if (kept === run[0]) continue;
    if (run.index > from) parts.push({ text: text.slice(from, run.index) });
    parts.push(...[...run[0]].map((one) => ({ code: codePoint(one) })));
    from = end;
  }
  return from < text.length ? [...parts, { text: text.slice(from) }] : parts;
}

/** The same as one text, for where nothing but a text can stand: what cannot be seen is written out, `‹U+202E›`. */
export function seenText(text: string): string {
  return seenParts(text)
    .map((part) => ('text' in part ? part.text : `‹${part.code}›`))
    .join('');
}

/** `U+200B`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Printable ASCII, or letters that stand for themselves: most values, and nothing to be looked for. */
function isPlain(text: string): boolean {
  return /^[\u0020-\u007e]*$/.test(text);
}

/** What of a run of unseen characters its place needs: a half-space or joiner between letters, a picture's own parts. */
function needed(run: string, left: string, right: string): string {
  if (picture.test(left)) {
    const selector = /[\ufe0e\ufe0f]/.exec(run)?.[0] ?? '';
    return selector + (run.includes(joiner) && picture.test(right) ? joiner : '');
  }
  if (!letter.test(left)) return '';
  const first = [...run].find((one) => one === halfSpace || one === joiner);
  if (first === halfSpace) {
    return letter.test(right) && (joining.test(left) || joining.test(right)) ? halfSpace : '';
  }
  // A joiner keeps the form that a letter has before another, at the end of an abbreviation too: `ه‍.`
  return first === joiner && joining.test(left) ? joiner : '';
}

function firstOf(text: string): string {
  const point = text.codePointAt(0);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function lastOf(text: string): string {
  return firstOf(text.slice(/[\udc00-\udfff]$/.test(text) ? -2 : -1));
}
