/** What is read on a colour can be read: AA in the light and in the dark, for every colour a connection may have. */
import { DEFAULT_THEME, defaultVariantColorsResolver, luminance, mergeMantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { colourVariables, theme } from '../../renderer/ui/theme';
import { connectionColours } from '../../shared/model/connection';

const merged = mergeMantineTheme(DEFAULT_THEME, theme);
const { light, dark } = colourVariables(merged);
const variables = { light: new Map(Object.entries(light)), dark: new Map(Object.entries(dark)) };
const inks = new Map([
  ['var(--mantine-color-black)', merged.black],
  ['var(--mantine-color-white)', merged.white],
]);
const shades = { light: 8, dark: 5 } as const;

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('in the %s', (scheme) => {
  it.each(Object.keys(merged.colors))('the words on a button of %s have 4.5:1', (color) => {
    const resolve = merged.variantColorResolver ?? defaultVariantColorsResolver;
    const named = resolve({ color, theme: merged, variant: 'filled' }).color;
    const text = inks.get(variables[scheme].get(/--[\w-]+/.exec(named)?.[0] ?? '') ?? '');
    if (text === undefined) throw new Error(`${named} is neither black nor white`);
    expect(contrast(text, merged.colors[color]?.[shades[scheme]] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(connectionColours)('the words on a tag of %s have 4.5:1', (colour) => {
    const text = { light: merged.black, dark: merged.colors.dark[0] }[scheme];
    const tint = variables[scheme].get(`--tint-${colour}`) ?? '';
    expect(tint).toMatch(/^#[0-9a-f]{6}$/);
    expect(contrast(text, tint)).toBeGreaterThanOrEqual(4.5);
  });
});
