import { describe, expect, it } from 'vitest';
import { chordOf, chordWords, mayBeShortcut } from '../../renderer/program/chord';
import { keysOf, keyWords, shortcutIds, shortcuts, takenBy } from '../../renderer/program/shortcut-list';
import * as en from '../../shared/words/en';
import * as fa from '../../shared/words/fa';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('keys pressed together', () => {
  it('are named by their place, so that they are the same on a Persian keyboard', () => {
    expect(chordOf({ ...none, code: 'KeyK', ctrlKey: true })).toBe('Ctrl+KeyK');
    expect(chordOf({ ...none, code: 'KeyT', ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+KeyT');
    expect(chordOf({ ...none, code: 'KeyK', metaKey: true })).toBe('Ctrl+KeyK');
    expect(chordOf({ ...none, code: 'Numpad3', altKey: true })).toBe('Alt+Digit3');
    expect(chordOf({ ...none, code: 'NumpadEnter', ctrlKey: true })).toBe('Ctrl+Enter');
  });

  it('are nothing yet while they are modifiers alone', () => {
    expect(chordOf({ ...none, code: 'ControlLeft', ctrlKey: true })).toBeNull();
    expect(chordOf({ ...none, code: 'ShiftRight', shiftKey: true })).toBeNull();
  });

  it('are shown as they stand on a keyboard', () => {
    expect(chordWords('Ctrl+Shift+KeyT')).toBe('Ctrl Shift T');
    expect(chordWords('Ctrl+Comma')).toBe('Ctrl ,');
    expect(chordWords('Ctrl+PageDown')).toBe('Ctrl PgDn');
    expect(chordWords('Shift+F8')).toBe('Shift F8');
  });

  it('may stand for something where they write no letter and are not what every field needs', () => {
    for (const chord of ['F5', 'Shift+F8', 'Ctrl+KeyJ', 'Alt+Backspace', 'Ctrl+Enter'])
      expect(mayBeShortcut(chord), chord).toBe(true);
    for (const chord of [
      'KeyJ',
      'Shift+KeyJ',
      'Tab',
      'Enter',
      'ArrowUp',
      'Ctrl+KeyC',
      'Ctrl+KeyV',
      'Ctrl+KeyZ',
    ])
      expect(mayBeShortcut(chord), chord).toBe(false);
  });
});

describe('the shortcuts', () => {
  it('are each free where they count, and may all be used', () => {
    for (const id of shortcutIds) {
      for (const chord of shortcuts[id].keys) {
        expect(takenBy(chord, id, {}), `${id} ${chord}`).toBeNull();
        expect(mayBeShortcut(chord), chord).toBe(true);
      }
    }
  });

  it('have a name in both languages, and something to show', () => {
    for (const id of shortcutIds) {
      expect(en.shortcuts.name[id]).not.toBe('');
      expect(fa.shortcuts.name[id]).not.toBe('');
      expect(keyWords(id, {})).not.toBe('');
    }
  });

  it('are those that a person has chosen, or none', () => {
    expect(keysOf('history', {})).toEqual(['Ctrl+KeyH']);
    expect(keysOf('history', { history: 'Ctrl+KeyJ' })).toEqual(['Ctrl+KeyJ']);
    expect(keysOf('history', { history: '' })).toEqual([]);
    expect(keyWords('history', { history: '' })).toBe('');
  });

  it('are taken by what has them where both could be meant', () => {
    expect(takenBy('Ctrl+KeyN', 'history', {})).toBe('newOrder');
    expect(takenBy('Ctrl+KeyN', 'history', { newOrder: 'Ctrl+KeyJ' })).toBeNull();
    expect(takenBy('Ctrl+KeyJ', 'history', { newOrder: 'Ctrl+KeyJ' })).toBe('newOrder');
    // A record and a plan are never in front together.
    expect(takenBy('Ctrl+Enter', 'apply', {})).toBeNull();
    expect(takenBy('Ctrl+Enter', 'history', {})).toBe('plan');
    expect(takenBy('Ctrl+Digit3', 'history', {})).toBe('nthTab');
  });
});
