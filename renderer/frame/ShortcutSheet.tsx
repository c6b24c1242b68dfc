import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenTab } from '../../shared/model/workspace';
import { openSetting } from '../features/settings';
import { type ShortcutPlace, shortcutIds, shortcuts } from '../program/shortcut-list';
import { useKeyWords } from '../program/shortcuts';
import { useWorkspace } from '../program/workspace';
import { Dialog } from '../ui/FormDialog';
import { Keys } from '../ui/Keys';
import { closeShortcutSheet, useFrame } from './frame-state';
import classes from './ShortcutSheet.module.css';

/** Where the keys count that a kind of tab hears, beside those of the window. */
const placesOf: Readonly<Record<OpenTab['type'], readonly ShortcutPlace[]>> = {
  overview: [],
  settings: [],
  templates: [],
  compare: [],
  'work-orders': ['list'],
  history: ['list'],
  directory: ['directory', 'connection'],
  editor: ['editor', 'connection'],
  bulk: ['connection'],
  sheet: ['connection'],
  plan: ['plan', 'list'],
};

/** All keys that do something in the view in front. */
export function ShortcutSheet() {
  const { t } = useTranslation('shortcuts');
  const opened = useFrame(({ sheet }) => sheet);
  const type = useWorkspace(({ tabs, active }) => tabs[active]?.type);
  const words = useKeyWords();
  if (!opened) return null;
  const places = [...(type ? placesOf[type] : []), 'window' as const];
  return (
    <Dialog title={t('sheet')} close={t('close')} onClose={closeShortcutSheet} size={620}>
      <div className={classes.sheet}>
        {places.map((place) => (
          <section key={place} aria-label={t(`place.${place}`)}>
            <h3 className={classes.place}>{t(`place.${place}`)}</h3>
            <dl className={classes.keys}>
              {shortcutIds
                .filter((id) => shortcuts[id].place === place && words(id) !== '')
                .map((id) => (
                  <div key={id} data-shortcut={id}>
                    <dt>{t(`name.${id}`)}</dt>
                    <dd>
                      <Keys words={words(id)} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Button
        variant="subtle"
        mt="md"
        onClick={() => {
          closeShortcutSheet();
          openSetting('shortcuts');
        }}
      >
        {t('all')}
      </Button>
    </Dialog>
  );
}
