import { ActionIcon, Popover, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asciiDigits } from '../../../shared/lib/text';
import { readDay } from '../../../shared/values/day';
import { dayInWords, dayOfValue, formatDay, otherCalendar } from '../days';
import { TextInput } from '../inputs';
import { isolate } from '../isolate';
import { DayPicker } from './DayPicker';
import css from './DayPicker.module.css';

/** As long as a day is at least: 1406/4/1. */
const wholeDay = 8;

interface Props
  extends Omit<
    TextInputProps,
    'dir' | 'attributes' | 'value' | 'onChange' | 'onBlur' | 'error' | 'description'
  > {
  /** The day as it is stored, YYYY-MM-DD; or, while it is none, exactly what was typed. */
  readonly value: string;
  /** What day this is, for the name of the button. */
  readonly name: string;
  /** Gets a day as YYYY-MM-DD in whichever calendar it was typed, and what is no day as it was typed. */
  readonly onType: (value: string) => void;
  readonly onPick: (value: string) => void;
  readonly onLeave?: (() => void) | undefined;
  readonly clearable?: boolean | undefined;
  /** Offers to move the day on: for days that lie ahead. */
  readonly ahead?: boolean | undefined;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  /** Told when the calendar opens or closes: what lies around it must not take its Escape and clicks. */
  readonly onOpenChange?: ((opened: boolean) => void) | undefined;
}

/**
 * A day, typed or picked in either calendar. Shows it in the calendar of the language, and below it in the other one;
 * while it is being typed, as it is typed.
 */
export function DayInput({
  value,
  name,
  onType,
  onPick,
  onLeave,
  clearable,
  ahead,
  error,
  hint,
  onOpenChange,
  ...input
}: Props) {
  const { t } = useTranslation('day');
  const [opened, setOpened] = useState(false);
  // What is typed, and the value that it became: once the value is another, it no longer counts.
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: string } | null>(null);
  const typing = typed?.value === value ? typed : null;
  const text = typing?.text ?? formatDay(value) ?? value;
  const day = dayOfValue(value);
  const reason = wrongIn(value, error);
  const wrong = reason ? t(`wrong.${reason}`) : error;
  const turn = (to: boolean) => {
    setOpened(to);
    onOpenChange?.(to);
  };
  const pick = (picked: string) => {
    setTyped(null);
    onPick(picked);
    turn(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={turn}
      position="bottom-start"
      trapFocus
      returnFocus
      withRoles={false}
      shadow="md"
      // In a small window it may cover its field, but is never cut off.
      middlewares={{ flip: true, shift: { crossAxis: true, padding: 8 } }}
    >
      <Popover.Target>
        {/* All of it is the target: a press of the button, which closes, must not count as one outside. */}
        <div>
          <TextInput
            placeholder={t('placeholder')}
            spellCheck={false}
            autoComplete="off"
            maxLength={40}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            {...input}
            classNames={{ input: css.input }}
            data-day={day ?? undefined}
            value={text}
            error={wrong}
            description={wrong ? undefined : <Below text={text} day={day} hint={hint} />}
            rightSectionPointerEvents="all"
            rightSection={
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('pick', { name })}
                aria-haspopup="dialog"
                data-pick-day
                aria-expanded={opened}
                onClick={() => turn(!opened)}
              >
                <IconCalendar size={14} />
              </ActionIcon>
            }
            onChange={(event) => {
              const next = event.currentTarget.value;
              const read = readDay(next).day ?? next;
              setTyped({ text: next, value: read });
              onType(read);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' || !event.altKey) return;
              event.preventDefault();
              turn(true);
            }}
            onBlur={() => {
              setTyped(null);
              onLeave?.();
            }}
          />
        </div>
      </Popover.Target>
      <Popover.Dropdown p="xs" className={css.dropdown} role="dialog" aria-label={t('dialog')}>
        <DayPicker
          day={day}
          onPick={pick}
          onClear={clearable && value !== '' ? () => pick('') : undefined}
          ahead={ahead}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Why a text is no day, in the words of a day; null where only the caller can say what is wrong, or nothing is yet. */
function wrongIn(value: string, error: string | undefined): 'unclear' | 'ambiguous' | 'no-such-day' | null {
  if (value.trim() === '' || dayOfValue(value) !== null) return null;
  const { wrong } = readDay(value);
  if (wrong === undefined) return null;
  // Said when a whole day should stand there, not while it is being typed, unless the caller says it anyway.
  return wrong === 'unclear' && error === undefined && value.trim().length < wholeDay ? null : wrong;
}

/** The same day in the calendar that the text is not in. */
function Below({ text, day, hint }: { text: string; day: string | null; hint: ReactNode }) {
  if (day === null) return hint;
  const inText = /^1[34]/.test(asciiDigits(text).trim()) ? 'jalali' : 'gregorian';
  const other = otherCalendar(inText);
  return (
    <>
      {other === 'jalali' ? (
        // In Persian also in an English window: this is how the customer writes it.
        <bdi dir="rtl" data-other-day>
          {dayInWords(day, 'jalali', 'fa')}
        </bdi>
      ) : (
        <bdi data-other-day>{`${dayInWords(day, 'gregorian')} (${isolate(day)})`}</bdi>
      )}
      {hint ? <> · {hint}</> : null}
    </>
  );
}
