import { type Problem, problem } from '../../shared/model/problem';

/*
 * What surrounds the JSON of an answer. PHP prints warnings before or after it, files saved with a byte order mark each
 * add one, frameworks prefix it against script inclusion, old services wrap it in a call (JSONP).
 */
const blank = '[\\s\\0\\ufeff\\u200b-\\u200d\\u2060]';
const isBlank = new RegExp(blank);
const guards = /^(\)\]\}'?,?|while\s*\(\s*1\s*\)\s*;?|for\s*\(;;\)\s*;|\/\*.{0,200}?\*\/)\s*/s;
const call = /^(?:typeof [\w$.]{1,100} === 'function' && )?[\w$.]{1,100}\s*\(\s*(?=\{)/;
const page = /<!doctype|<html|<head\b|<body|<script|<form|<title|<frame|<meta/i;
const warning = /\b(warning|notice|deprecated|(fatal|parse|strict)\b.{0,12}\b(error|standards)|exception)\b/i;
const longestNoise = 65_536;

/**
 * Returns the JSON in a text if it is unambiguous: one object, surrounded only by what is known not to be data. Any
 * other text is returned unchanged, except for blanks, NULs and byte order marks at its ends.
 */
export function jsonPart(text: string): string {
  // A byte order mark that was decoded as Latin-1 and encoded again.
  const bare = trimmed(trimmed(text).replace(/^(ï»¿)+/, ''));
  // A PHP trace ends with a bracket too, `{main}`; text not checked for it is usually a large answer.
  if (/^[{[]/.test(bare) && /[}\]]$/.test(bare) && !/\{main\}|<br/i.test(bare.slice(-5_000))) return bare;
  const inner = bare.replace(guards, '');
  const wrapped = call.exec(inner);
  const start = wrapped ? wrapped[0].length : inner.slice(0, longestNoise + 1_000).search(/\{\s*["}]/);
  const end = start < 0 ? -1 : endOfObject(inner, start);
  if (end < 0) return bare;
  const after = inner.slice(end);
  const alone = wrapped ? /^\s*\)\s*;?$/.test(after) : isNoise(inner.slice(0, start)) && isNoise(after);
  return alone ? inner.slice(start, end) : bare;
}

/** Trims both ends. By index: a pattern would try every run of blanks in between. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isBlank.test(text.charAt(from))) from += 1;
  while (to > from && isBlank.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function isNoise(text: string): boolean {
  const bare = trimmed(text);
  if (bare === '') return true;
  // A page of its own, or more data: then the object is part of something else.
  if (bare.length > longestNoise || page.test(bare) || /[{[]\s*["{\]}]/.test(bare)) return false;
  return warning.test(bare) || /^(<!--[\s\S]*-->|(<br\s*\/?>\s*)+)$/i.test(bare);
}

function endOfObject(text: string, start: number): number {
  let depth = 0;
  let inText = false;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x7b) depth += 1;
    else if (code === 0x7d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Whether a text is a web page. */
export function looksHtml(text: string): boolean {
  return /^\s*(<!doctype|<\?xml|<html|<head|<body|<!--|<script|<title|<h1|<center)/i.test(text);
}

/** What an answer without a JSON object says, in the server's own words as far as they can be shown. */
export function notJson(text: string, host: string): Problem {
  const bare = trimmed(text);
  if (bare === '') return problem('bad-json', { host, reason: 'empty' });
  if (!looksHtml(bare)) return problem('bad-json', { host, reason: 'broken' }, wordsOf(bare));
  const start = bare.slice(0, 20_000);
  // The names of hotspots. Their page comes with 200 in place of any answer.
  if (/wispr|WISPAccessGateway|hotspot|captive[ _-]?portal|coova|chilli|mikrotik/i.test(start))
    return problem('network-login', { host });
  return problem('html-answer', { host, title: titleOf(start) });
}

/** The title of a web page; empty if it has none. */
export function titleOf(text: string): string {
  return /<title[^>]*>([^<]{1,80})/i.exec(text)?.[1]?.trim() ?? '';
}

/**
 * The words of a server that failed: the first line of PHP's warning, or a short text that is not data. A text with
 * data in it is not shown: half a list of extensions is half a list of secrets. Neither is a stack trace.
 */
function wordsOf(text: string): string | undefined {
  const plain = text
    .slice(0, 20_000)
    .replace(/<[^<>]{0,200}>/g, '')
    .split(/stack trace|\n[^\S\n]*#\d|[{[]\s*["{[]/i)[0];
  const line = /^.*?\b(warning|notice|deprecated|error|exception)\b.*$/im.exec(plain ?? '')?.[0];
  const said = line ?? (/[{}"]/.test(text) ? '' : (plain ?? ''));
  return said.trim().slice(0, 300) || undefined;
}
