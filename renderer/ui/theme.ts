import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  luminance,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
  type MantineTheme,
  type VariantColorsResolver,
} from '@mantine/core';

/** A quiet blue-grey for surfaces in the dark, lighter towards 0. */
const dark: MantineColorsTuple = [
  '#d3d7de',
  '#a9b0bb',
  '#868e9b',
  '#5c6470',
  '#3d444f',
  '#2f353f',
  '#262b34',
  '#1e222a',
  '#181b22',
  '#12151a',
];

/** The role that an alert's colour stands for. */
const roleOf: Readonly<Record<string, string>> = { red: 'danger', yellow: 'warning', green: 'ok' };

/** What everything stands on. */
const pages = { light: '#ffffff', dark: '#1e222a' } as const;

const primaryShade = { light: 8, dark: 5 } as const;
/** Lighter than this, black is read better than white; there both have 4.58:1. */
const lightFrom = 0.179;

/** The framework finds what is read on a colour by its shade in the light, also in the dark. */
const readableOnColours: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input);
  const { variant, theme, color = theme.primaryColor } = input;
  return variant === 'filled' && color in theme.colors ? { ...usual, color: `var(--on-${color})` } : usual;
};

/** What is read on each colour's filled shade: `--on-blue` and so on. */
function onColours({ colors }: MantineTheme, shade: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(colors).map(([name, shades]) => {
      const light = luminance(shades[shade] ?? '#000') > lightFrom;
      return [`--on-${name}`, `var(--mantine-color-${light ? 'black' : 'white'})`];
    }),
  );
}

/** How much of a colour is in its tint: so little that the colour of text is read on it. */
const tintShare = 0.2;

/** Each colour's tint of the page, for words in the colour of text: `--tint-blue` and so on. */
function tints({ colors }: MantineTheme, shade: number, page: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(colors).map(([name, shades]) => [
      `--tint-${name}`,
      mixed(shades[shade] ?? page, page, tintShare),
    ]),
  );
}

/** A mixture of two colours, `#rrggbb` both. */
function mixed(colour: string, other: string, share: number): string {
  const part = (of: string, at: number) => Number.parseInt(of.slice(at, at + 2), 16);
  const channels = [1, 3, 5].map((at) =>
    Math.round(part(colour, at) * share + part(other, at) * (1 - share)),
  );
  return `#${channels.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}

/** The one theme: 13 px type, steps of 4, radius 4, colours by role. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", "Vazirmatn Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 4,
  radius: { sm: '4px', md: '4px' },
  primaryColor: 'blue',
  primaryShade,
  autoContrast: true,
  luminanceThreshold: lightFrom,
  variantColorResolver: readableOnColours,
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: { dark },
  components: {
    // One type scale: what is typed is 13 px, what names and explains it 12.
    Input: { vars: () => ({ wrapper: { '--input-fz': '13px' } }) },
    InputWrapper: {
      vars: () => ({
        label: { '--input-label-size': '12px' },
        error: { '--input-error-size': '12px' },
        description: { '--input-description-size': '12px' },
      }),
    },
    Alert: {
      // By role and quiet: a tint of the role's colour over the page, in the light and in the dark.
      vars: (_theme: unknown, { color }: { color?: string }) => {
        const role = `var(--role-${roleOf[color ?? ''] ?? 'information'})`;
        return {
          root: {
            '--alert-bg': `color-mix(in srgb, ${role} 9%, var(--mantine-color-body))`,
            '--alert-bd': `1px solid color-mix(in srgb, ${role} 35%, var(--mantine-color-body))`,
            '--alert-color': role,
          },
        };
      },
    },
    Button: { defaultProps: { size: 'xs' }, vars: () => ({ root: { '--button-fz': '12px' } }) },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    // Opened by a click, an arrow or a letter: not over what one comes past with Tab, or finds in a dialog.
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right', openOnFocus: false } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' }, vars: () => ({ root: { '--sc-font-size': '12px' } }) },
    Checkbox: {
      defaultProps: { size: 'xs', iconColor: 'var(--on-blue)' },
      styles: { label: { fontSize: '12px' } },
    },
    // As high as a finger's or an unsteady hand's target, also in lists of them.
    Radio: { styles: { body: { minBlockSize: 24, alignItems: 'center' } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, transitionProps: { duration: 100 } } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 }, centered: true },
      styles: { title: { fontWeight: 600, fontSize: 15 } },
    },
    // A dialog's head is no landmark of the page, and a label in a menu nothing that can be chosen.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    // Opened, it is on its first entry: a place before it would be one more stop, and none that a menu may hold.
    Menu: { defaultProps: { transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
    // What lies over the page is part of it, in a region of its own (index.html).
    Portal: { defaultProps: { target: '#layers' } },
    MenuLabel: { defaultProps: { role: 'presentation' } },
  },
});

/** Text that can be read (AA) on every surface: muted on a page, and whatever stands on a colour. */
export const colourVariables: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b6470',
    '--mantine-color-placeholder': '#6b7480',
    '--mantine-color-error': 'var(--role-danger)',
    ...onColours(theme, primaryShade.light),
    ...tints(theme, primaryShade.light, pages.light),
  },
  dark: {
    '--mantine-color-dimmed': '#9aa3b0',
    '--mantine-color-placeholder': '#919aa7',
    '--mantine-color-error': 'var(--role-danger)',
    ...onColours(theme, primaryShade.dark),
    ...tints(theme, primaryShade.dark, pages.dark),
  },
});

/** The colour scheme comes from the preferences, so the framework shall keep none of its own. */
export const forgetfulColourManager: MantineColorSchemeManager = {
  get: (value) => value,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};
