/*
 * Invisible characters: direction marks, joiners, fillers, tags, selectors, byte order marks, controls. They are copied
 * along from web pages, messengers and Persian documents, and a server takes them for part of the value.
 */

// Everything that Unicode says may be left undrawn, interlinear annotation, and noncharacters.
const drawn = String.raw`\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\p{Noncharacter_Code_Point}`;
/** Controls and line separators: also invisible, and they can break a line, a file or a request. */
const controls = String.raw`\p{Cc}\u2028\u2029`;
/** Blanks other than the space; an empty Braille cell is one too. */
const blanks = String.raw`\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800`;

const anyUnseen = new RegExp(`[${drawn}]`, 'gu');
const someUnseen = new RegExp(`[${drawn}]`, 'u');
const someControl = new RegExp(`[${controls}]`, 'u');
// A multiline text may have tabs and line ends.
const someOtherControl = new RegExp(`(?![\\t\\n\\r])[${controls}]`, 'u');
const anyBlank = new RegExp(`[${blanks}]`, 'gu');
const someBlank = new RegExp(`[${blanks}]`, 'u');
const runs = new RegExp(`[${drawn}]+`, 'gu');
const hiddenRuns = new RegExp(`[${drawn}${controls}]+`, 'gu');
const before = new RegExp(`^[\\s${drawn}${controls}${blanks}]+`, 'u');
const after = new RegExp(`[\\s${drawn}${controls}${blanks}]+$`, 'u');

const halfSpace = '\u200c';
const joiner = '\u200d';
// Scripts whose letters join, or whose joiners affect how a cluster is drawn.
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u;
const letter = /[\p{L}\p{M}]/u;
const picture = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Where invisible characters may stay. `text`: as far as a script needs them; `none`: nowhere. */
export type UnseenPolicy = 'none' | 'text';

/**
 * Removes invisible characters and turns other blanks into spaces. Controls stay for a later check to refuse: they
 * separate words, and what they were is unknown.
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

/** Returns whether a text has invisible characters that its script does not need. */
export function hasUnseen(text: string, policy: UnseenPolicy = 'none'): boolean {
  if (isPlain(text)) return false;
  return policy === 'none'
    ? someUnseen.test(text)
    : withoutUnseen(text, policy) !== text.replace(anyBlank, ' ');
}

/** Removes blanks other than the space, for values that contain none. */
export function withoutOddBlanks(text: string): string {
  return isPlain(text) ? text : text.replace(anyBlank, '');
}

/** Returns whether a text has control characters; tabs and line ends do not count in a multiline text. */
export function hasControl(text: string, lines = false): boolean {
  return (lines ? someOtherControl : someControl).test(text);
}

/** Returns whether a text has a blank other than the space. */
export function hasOddBlank(text: string): boolean {
  return someBlank.test(text);
}

/** Removes blanks and invisible characters around a text. */
export function trimmed(text: string): string {
  return text.replace(before, '').replace(after, '');
}

/** Returns the distinct invisible code points of a text as users would look them up: `U+200B`. */
export function unseenIn(text: string): readonly string[] {
  const found = [...text].filter(
    (one) => someUnseen.test(one) || someControl.test(one) || someBlank.test(one),
  );
  return [...new Set(found)].map(codePoint);
}

/** A visible part of a text, or (`code`) an invisible character. */
export type SeenPart = { readonly text: string } | { readonly code: string };

/**
 * Splits a text for display: invisible characters, and those that turn the text's direction, are separated unless its
 * script needs them.
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

/** The same as one text, where only text can be shown: invisible characters are written out, `‹U+202E›`. */
export function seenText(text: string): string {
  return seenParts(text)
    .map((part) => ('text' in part ? part.text : `‹${part.code}›`))
    .join('');
}

/** `U+200B`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Printable ASCII or self-contained letters: most values, with nothing to look for. */
function isPlain(text: string): boolean {
  return /^[\u0020-\u007e]*$/.test(text);
}

/**
 * Returns the part of a run of invisible characters that is needed: a half-space or joiner between letters, parts of an
 * emoji.
 */
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
  // A joiner keeps a letter's connected form, at the end of an abbreviation too: `ه‍.`
  return first === joiner && joining.test(left) ? joiner : '';
}

function firstOf(text: string): string {
  const point = text.codePointAt(0);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function lastOf(text: string): string {
  return firstOf(text.slice(/[\udc00-\udfff]$/.test(text) ? -2 : -1));
}
