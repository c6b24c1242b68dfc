import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addMonths,
  type Calendar,
  endOfYear,
  isPickable,
  nearestPickable,
} from '../../../shared/lib/calendars';
import { currentLanguage } from '../../i18n';
import { dayInWords, isoDay, usualCalendar } from '../days';
import { isolate } from '../isolate';
import css from './DayPicker.module.css';
import { MonthGrid } from './MonthGrid';
import { MonthHead } from './MonthHead';
import { ownEscape } from './own-escape';

const calendars: Readonly<Record<'en' | 'fa', readonly Calendar[]>> = {
  en: ['gregorian', 'jalali'],
  fa: ['jalali', 'gregorian'],
};

/** A month in either calendar, each day with its number in the other one. */
export function DayPicker({
  day,
  onPick,
  onClear,
  ahead = false,
}: {
  /** The day that is chosen, YYYY-MM-DD. */
  day: string | null;
  onPick: (day: string) => void;
  onClear: (() => void) | undefined;
  /** Offers to move the day on. */
  ahead?: boolean | undefined;
}) {
  const { t } = useTranslation('day');
  const today = isoDay(Date.now());
  const [calendar, setCalendar] = useState<Calendar>(usualCalendar);
  // The day that the keys move: it says which month is shown, too.
  const [cursor, setCursor] = useState(() => nearestPickable(day ?? today));
  return (
    <Tabs
      value={calendar}
      onChange={(to) => setCalendar(to === 'jalali' ? 'jalali' : 'gregorian')}
      keepMounted={false}
      className={css.picker}
    >
      <Tabs.List grow aria-label={t('calendar')}>
        {calendars[currentLanguage()].map((one) => (
          <Tabs.Tab key={one} value={one} {...ownEscape}>
            {t(one)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={calendar} pt={4}>
        <MonthHead calendar={calendar} cursor={cursor} onCursor={setCursor} />
        <MonthGrid
          calendar={calendar}
          day={day}
          today={today}
          cursor={cursor}
          onCursor={setCursor}
          onPick={onPick}
        />
        {ahead ? <Ahead calendar={calendar} from={laterOf(day, today)} onPick={onPick} /> : null}
        <div className={css.quick}>
          <Button size="compact-xs" variant="default" {...ownEscape} onClick={() => onPick(today)}>
            {t('today')}
          </Button>
          {onClear ? (
            <Button size="compact-xs" variant="default" {...ownEscape} onClick={onClear}>
              {t('clear')}
            </Button>
          ) : null}
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}

/** Days that are often meant, counted in the calendar that is shown. */
function Ahead({
  calendar,
  from,
  onPick,
}: {
  calendar: Calendar;
  from: string;
  onPick: (day: string) => void;
}) {
  const { t } = useTranslation('day');
  const offers = [
    ['month', t('plus.month'), addMonths(calendar, from, 1)],
    ['quarter', t('plus.quarter'), addMonths(calendar, from, 3)],
    ['year', t('plus.year'), addMonths(calendar, from, 12)],
    ['yearEnd', t(`yearEnd.${calendar}`), endOfYear(calendar, from)],
  ] as const;
  const said = t('quick', { day: isolate(dayInWords(from, calendar)) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like this
    <div className={css.quick} role="group" aria-label={said}>
      <span className={css.from} aria-hidden>
        {said}
      </span>
      {offers.map(([key, words, to]) => (
        <Button
          key={key}
          size="compact-xs"
          variant="default"
          title={dayInWords(to, calendar)}
          disabled={!isPickable(to)}
          data-quick={key}
          {...ownEscape}
          onClick={() => onPick(to)}
        >
          {words}
        </Button>
      ))}
    </div>
  );
}

/** What has expired is prolonged from today on, anything else from its own day on. */
function laterOf(day: string | null, today: string): string {
  return nearestPickable(day === null || day < today ? today : day);
}
