import { Modal } from '@mantine/core';
import {
  IconChevronRight,
  IconClipboardList,
  IconForms,
  IconSearch,
  IconSettings,
  IconUser,
} from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connectionLine } from '../ui/ConnectionTag';
import { CutText, CutTitle } from '../ui/CutText';
import { useTypedDirection } from '../ui/inputs';
import { Keys } from '../ui/Keys';
import layout from '../ui/layout.module.css';
import { RecordTitle } from '../ui/RecordTitle';
import { SeenText } from '../ui/SeenText';
import { type SearchIn, searchFor, useFrame } from './frame-state';
import classes from './Palette.module.css';
import type { PaletteItem } from './palette-items';
import { usePaletteItems } from './usePaletteItems';

const icons = {
  command: IconChevronRight,
  record: IconUser,
  order: IconClipboardList,
  setting: IconSettings,
  field: IconForms,
} as const satisfies Record<PaletteItem['kind'], typeof IconUser>;

/** Search and commands by keyboard: type, walk with the arrows, Enter. */
export function Palette() {
  const { t } = useTranslation('shell');
  const within = useFrame((state) => state.searching);
  const onClose = () => searchFor(null);
  return (
    <Modal.Root
      opened={within !== null}
      onClose={onClose}
      centered={false}
      yOffset={48}
      size={600}
      padding={0}
      // The focus goes where the chosen line leads; else the frame gives it back.
      returnFocus={false}
      // At once: the first letter typed after Ctrl+K has to arrive.
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      {/* Its parts, since the whole has its name on an element that may have none. */}
      <Modal.Content aria-label={t(within === 'view' ? 'palette.inView' : 'palette.label')}>
        <Modal.Body>
          <Search within={within ?? 'all'} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Focuses a field as soon as it is there, without waiting for the dialog's focus trap. */
function focusNow(field: HTMLInputElement | null): void {
  field?.focus();
}

function Search({ within, onClose }: { within: SearchIn; onClose: () => void }) {
  const { t } = useTranslation('shell');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const items = usePaletteItems(text, within);
  const chosen = Math.min(at, items.length - 1);
  const list = useRef<HTMLDivElement>(null);
  const direction = useTypedDirection(text);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen line moves when the lines change too
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, items.length]);

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, items.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + items.length) % Math.max(1, items.length));
    else if (event.key === 'Enter') choose(items[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={classes.field}>
        <IconSearch size={16} aria-hidden />
        <input
          data-autofocus
          ref={focusNow}
          className={classes.input}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          placeholder={t(within === 'view' ? 'palette.inView' : 'palette.placeholder')}
          aria-label={t('palette.label')}
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls="palette-list"
          aria-activedescendant={items[chosen] ? `palette-${chosen}` : undefined}
          dir={direction}
          maxLength={200}
        />
      </div>
      <div
        ref={list}
        // A list without lines is none.
        {...(items.length > 0 ? { role: 'listbox', 'aria-label': t('palette.label') } : {})}
        id="palette-list"
        className={classes.list}
      >
        {items.map((item, index) => (
          <Line
            key={item.id}
            id={`palette-${index}`}
            item={item}
            selected={index === chosen}
            onPoint={() => setAt(index)}
            onChoose={() => choose(item)}
          />
        ))}
        {items.length === 0 ? <p className={classes.nothing}>{t('palette.nothing')}</p> : null}
      </div>
    </>
  );
}

function Line({
  id,
  item,
  selected,
  onPoint,
  onChoose,
}: {
  id: string;
  item: PaletteItem;
  selected: boolean;
  onPoint: () => void;
  onChoose: () => void;
}) {
  const Icon = icons[item.kind];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are taken by the search field, which keeps the focus
    <div
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={selected}
      className={classes.line}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <Icon size={14} aria-hidden className={item.kind === 'command' ? classes.chevron : layout.mutedIcon} />
      <span className={layout.growCut}>
        {item.kind === 'record' ? <RecordTitle title={item.text} /> : <CutTitle>{item.text}</CutTitle>}
      </span>
      {item.note ? (
        <span className={classes.of}>
          <bdi className={classes.site}>
            <SeenText>{item.note}</SeenText>
          </bdi>
        </span>
      ) : null}
      {item.keys ? <Keys words={item.keys} /> : null}
      {item.connection ? (
        <span className={classes.of}>
          <span className={classes.dot} style={{ background: connectionLine(item.connection.colour) }} />
          <CutText>{item.connection.name}</CutText>
          {item.connection.site ? (
            <span className={classes.site}>
              ·{' '}
              <bdi>
                <SeenText>{item.connection.site}</SeenText>
              </bdi>
            </span>
          ) : null}
        </span>
      ) : null}
    </div>
  );
}
