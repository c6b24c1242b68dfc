import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../../../../shared/catalog/compare';
import { useControlHost } from '../EditorContext';
import css from '../editor.module.css';
import { type ControlProps, inputProps, typedText } from './control';

const aDay = /^\d{4}-\d{2}-\d{2}$/;

/** A Gregorian day as the server takes it, typed or picked, with the Jalali day beside it. */
export function DateControl(props: ControlProps) {
  const { t } = useTranslation('editor');
  const { saver } = useControlHost();
  const { spec, text } = props.field;
  const picker = useRef<HTMLInputElement>(null);
  const day = dayOf(text);
  const jalali = jalaliOf(day);
  return (
    <TextInput
      {...inputProps(props)}
      value={text}
      placeholder="YYYY-MM-DD"
      description={props.error ? undefined : jalali ? <bdi dir="rtl">{jalali}</bdi> : props.hint}
      rightSectionPointerEvents="all"
      rightSection={
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('field.pickDate')}
            onClick={() => picker.current?.showPicker()}
          >
            <IconCalendar size={14} />
          </ActionIcon>
          <input
            ref={picker}
            type="date"
            className={css.picker}
            tabIndex={-1}
            aria-hidden
            value={aDay.test(day) ? day : ''}
            onChange={(event) =>
              event.currentTarget.value !== '' && saver.choose(spec, event.currentTarget.value)
            }
          />
        </>
      }
      onChange={(event) => saver.type(spec, typedText(spec, event.currentTarget))}
      onBlur={() => saver.leave(spec)}
    />
  );
}

/** The Jalali day of a Gregorian `YYYY-MM-DD`, in Persian words; null for what is no day. */
function jalaliOf(day: string): string | null {
  if (!aDay.test(day)) return null;
  const at = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return null;
  return new Intl.DateTimeFormat('fa-IR-u-ca-persian', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
