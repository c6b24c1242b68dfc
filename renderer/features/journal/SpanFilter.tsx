import { Button, Group, Popover, Stack } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalFilter } from '../../../shared/model/journal';
import { DayInput } from '../../ui/day/DayInput';
import { dayWords, isoDay, parseDay } from '../../ui/days';
import layout from '../../ui/layout.module.css';
import classes from './History.module.css';
import { dayAfter, presets, spanOf } from './span';
import { narrow, useHistoryView } from './view';

/** The time span: a preset by one click, or between two days. */
export function SpanFilter({ filter }: { filter: JournalFilter }) {
  const { t } = useTranslation('journal');
  const preset = useHistoryView((view) => view.preset);
  const [opened, setOpened] = useState(false);
  // While a calendar is open in front of it, Escape and clicks are the calendar's.
  const [picking, setPicking] = useState(false);
  const close = () => {
    setPicking(false);
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      closeOnEscape={!picking}
      closeOnClickOutside={!picking}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          variant="default"
          fw={400}
          justify="space-between"
          px="sm"
          rightSection={<IconCalendar size={14} className={layout.mutedIcon} />}
          onClick={() => setOpened((before) => !before)}
          aria-label={t('filter.span')}
        >
          <span className={classes.spanText} data-quiet={isOpen(filter) || undefined}>
            <SpanWords filter={filter} preset={preset} none={t('filter.span')} />
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" role="dialog" aria-label={t('filter.span')}>
        <Group gap={4} mb="sm">
          {presets.map((one) => (
            <Button
              key={one}
              size="compact-xs"
              variant={preset === one ? 'filled' : 'default'}
              aria-pressed={preset === one}
              onClick={() => {
                narrow(spanOf(one), { preset: one });
                close();
              }}
            >
              {t(`span.${one}`)}
            </Button>
          ))}
        </Group>
        <Between filter={filter} onDone={close} onPicking={setPicking} />
      </Popover.Dropdown>
    </Popover>
  );
}

function isOpen({ from, to }: JournalFilter): boolean {
  return from === null && to === null;
}

/** The span in words. */
export function SpanWords({
  filter: { from, to },
  preset,
  none = '',
}: {
  filter: JournalFilter;
  preset: ReturnType<typeof useHistoryView.getState>['preset'];
  none?: string;
}) {
  const { t } = useTranslation('journal');
  if (from === null && to === null) return none;
  if (preset) return t(`span.${preset}`);
  const last = to === null ? null : dayWords(dayAfter(to, -1));
  if (from === null) return t('span.until', { last });
  if (last === null) return t('span.since', { first: dayWords(from) });
  return t('span.fromTo', { first: dayWords(from), last });
}

function Between({
  filter,
  onDone,
  onPicking,
}: {
  filter: JournalFilter;
  onDone: () => void;
  onPicking: (picking: boolean) => void;
}) {
  const { t } = useTranslation('journal');
  const [first, setFirst] = useState(filter.from === null ? '' : isoDay(filter.from));
  const [last, setLast] = useState(filter.to === null ? '' : isoDay(dayAfter(filter.to, -1)));
  const from = first.trim() === '' ? null : parseDay(first);
  const to = last.trim() === '' ? null : parseDay(last);
  const wrong = (text: string, at: number | null) => text.trim() !== '' && at === null;
  const reversed = from !== null && to !== null && to < from;
  const bad = wrong(first, from) || wrong(last, to) || reversed;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (bad) return;
        narrow({ from, to: to === null ? null : dayAfter(to) }, { preset: null });
        onDone();
      }}
    >
      <Stack gap="sm">
        <Group gap="sm" grow align="flex-start">
          <DayInput
            label={t('span.first')}
            name={t('span.first')}
            value={first}
            clearable
            onType={setFirst}
            onPick={setFirst}
            onOpenChange={onPicking}
          />
          <DayInput
            label={t('span.last')}
            name={t('span.last')}
            value={last}
            clearable
            onType={setLast}
            onPick={setLast}
            onOpenChange={onPicking}
            error={reversed ? t('span.reversed') : undefined}
          />
        </Group>
        <Button type="submit" disabled={bad || (first.trim() === '' && last.trim() === '' && isOpen(filter))}>
          {t('span.show')}
        </Button>
      </Stack>
    </form>
  );
}
