import { ActionIcon, Button, Stack } from '@mantine/core';
import { IconArrowBackUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppInfo } from '../../program/appInfo';
import { chordOf, chordWords, mayBeShortcut } from '../../program/chord';
import { keysOf, type ShortcutId, shortcutIds, shortcuts, takenBy } from '../../program/shortcut-list';
import { useKeyWords } from '../../program/shortcuts';
import { isolate } from '../../ui/isolate';
import { Keys } from '../../ui/Keys';
import layout from '../../ui/layout.module.css';
import { SettingRow } from './SettingRow';
import classes from './Settings.module.css';

const places = ['window', 'connection', 'directory', 'editor', 'plan', 'list'] as const;

/** Every shortcut, by where it counts; those that can be others are changed where they stand. */
export function ShortcutsSetting() {
  const { t } = useTranslation('shortcuts');
  return (
    <SettingRow of="shortcuts" help={t('help')}>
      <Stack gap="md">
        {places.map((place) => (
          <section key={place} aria-label={t(`place.${place}`)}>
            <h3 className={classes.keysOf}>{t(`place.${place}`)}</h3>
            <ul className={`${layout.list} ${classes.keys}`}>
              {shortcutIds
                .filter((id) => shortcuts[id].place === place)
                .map((id) => (
                  <Row key={id} id={id} />
                ))}
            </ul>
          </section>
        ))}
      </Stack>
    </SettingRow>
  );
}

function Row({ id }: { id: ShortcutId }) {
  const { t } = useTranslation('shortcuts');
  const words = useKeyWords();
  const name = t(`name.${id}`);
  return (
    <li data-shortcut={id}>
      <span className={classes.keysName}>{name}</span>
      {'fixed' in shortcuts[id] ? <Keys words={words(id)} /> : <Change id={id} name={name} />}
    </li>
  );
}

/** The keys as a button: pressed, it takes the next ones. What they stand for already is said, and nothing changes. */
function Change({ id, name }: { id: ShortcutId; name: string }) {
  const { t } = useTranslation('shortcuts');
  const words = useKeyWords();
  const chosen = useAppInfo((info) => info.preferences.shortcuts);
  const setPreferences = useAppInfo((info) => info.setPreferences);
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const set = (keys: string | null) => {
    const { [id]: _, ...others } = chosen;
    void setPreferences({ shortcuts: keys === null ? others : { ...others, [id]: keys } });
    setWrong(null);
    setAsking(false);
  };
  const take = (chord: string) => {
    const shown = isolate(chordWords(chord));
    const other = takenBy(chord, id, chosen);
    if (!mayBeShortcut(chord)) setWrong(t('notPossible', { keys: shown }));
    else if (other) setWrong(t('taken', { keys: shown, name: t(`name.${other}`) }));
    else set(chord);
  };
  return (
    <>
      <span className={classes.keysChange}>
        <Button
          variant={asking ? 'light' : 'default'}
          size="compact-xs"
          aria-label={`${asking ? t('press') : words(id) || t('none')} · ${t('change', { name })}`}
          // The window's own keys are not heard while new ones are asked for: `data-takes-keys`.
          data-takes-keys={asking || undefined}
          onClick={() => setAsking(!asking)}
          onBlur={() => setAsking(false)}
          onKeyDown={(event) => {
            if (!asking) return;
            const chord = chordOf(event.nativeEvent);
            if (chord === 'Tab' || chord === 'Shift+Tab') return;
            event.preventDefault();
            event.stopPropagation();
            if (chord === 'Escape') setAsking(false);
            else if (chord !== null) take(chord);
          }}
        >
          {asking ? t('press') : words(id) ? <bdi dir="ltr">{words(id)}</bdi> : t('none')}
        </Button>
        {keysOf(id, chosen).length > 0 ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('remove', { name })}
            title={t('remove', { name })}
            onClick={() => set('')}
          >
            <IconX size={14} />
          </ActionIcon>
        ) : null}
        {Object.hasOwn(chosen, id) ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('reset', { name })}
            title={t('reset', { name })}
            onClick={() => set(null)}
          >
            <IconArrowBackUp size={14} />
          </ActionIcon>
        ) : null}
      </span>
      {wrong ? (
        <p className={classes.keysWrong} role="alert">
          {wrong}
        </p>
      ) : null}
    </>
  );
}
