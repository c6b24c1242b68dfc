import type { ComboboxItem } from '@mantine/core';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchFold } from '../../../shared/lib/text';
import { cleanTyping } from '../../../shared/values/clean';
import { formatCount, localised } from '../../i18n';
import { ask, patchbay } from '../../program/bridge';
import { keys } from '../../program/queries';
import { Autocomplete } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { useControlHost } from '../EditorContext';
import css from '../fields.module.css';
import { type ControlProps, inputProps } from './control';

interface Suggestion {
  readonly value: string;
  /** What it is called, where it has a name; how often it occurs. */
  readonly label: string | undefined;
  readonly note: string | undefined;
}

const mostShown = 60;

/** Free text with what this directory's records have, and how many of them; allowed values first. */
export function SuggestControl(props: ControlProps) {
  const { t } = useTranslation('editor');
  const { connectionId } = useControlHost();
  const { spec } = props.field;
  const [asked, setAsked] = useState(false);
  const { data } = useQuery({
    queryKey: keys.distinct(connectionId ?? '', spec.name),
    // Asked when the field is entered: nobody waits for what nobody looks at.
    queryFn:
      connectionId !== null && asked && spec.suggest === 'distinct'
        ? () => ask(patchbay.directory.distinct({ connectionId, field: spec.name }))
        : skipToken,
  });
  const counts = new Map(data?.map((one) => [one.value, one.count]));
  const listed = new Map(spec.values?.map((one) => [one.value, localised(one.label)]));
  const values = [...new Set([...listed.keys(), ...counts.keys()])].filter((value) => value !== '');
  const suggestions = values.map((value): Suggestion => {
    const count = counts.get(value);
    const label = listed.get(value);
    return {
      value,
      label: label === value ? undefined : label,
      note: count === undefined ? undefined : t('field.count', { count, formatted: formatCount(count) }),
    };
  });
  return <Suggesting {...props} suggestions={suggestions} onEnter={() => setAsked(true)} />;
}

/** A number from a list that the server keeps: its name beside it, any other number allowed. */
export function LookupControl(props: ControlProps) {
  const { connectionId } = useControlHost();
  const { spec, text } = props.field;
  const { data } = useQuery({
    queryKey: keys.lookup(connectionId ?? '', spec.name),
    queryFn:
      connectionId !== null
        ? () => ask(patchbay.directory.lookup({ connectionId, field: spec.name }))
        : skipToken,
  });
  const items = data ?? [];
  const name = items.find((one) => one.value === text)?.label;
  return (
    <Suggesting
      {...props}
      hint={name ? <bdi>{name}</bdi> : props.hint}
      suggestions={items.map((one) => ({ value: one.value, label: one.label, note: undefined }))}
    />
  );
}

function Suggesting({
  suggestions,
  onEnter,
  ...props
}: ControlProps & { suggestions: readonly Suggestion[]; onEnter?: () => void }) {
  const { saver } = useControlHost();
  const { spec, text } = props.field;
  const entered = useRef(text);
  const byValue = new Map(suggestions.map((one) => [one.value, one]));
  return (
    <Autocomplete
      {...inputProps(props)}
      data={suggestions.map((one) => one.value)}
      value={text}
      limit={mostShown}
      filter={({ options, search, limit }) => {
        const wanted = searchFold(search);
        // Until something is typed, all of them are offered and not just the one that stands there.
        const all = search === entered.current;
        return options
          .filter((option): option is ComboboxItem => 'value' in option)
          .filter((option) => {
            const { label = '' } = byValue.get(option.value) ?? {};
            return all || searchFold(`${option.value} ${label}`).includes(wanted);
          })
          .slice(0, limit);
      }}
      renderOption={({ option }) => {
        const one = byValue.get(option.value);
        return (
          <span className={layout.option}>
            <bdi>{one?.label ?? option.value}</bdi>
            <span className={css.optionNote}>
              {one?.label === undefined ? null : <bdi dir="ltr">{option.value}</bdi>}
              {one?.note}
            </span>
          </span>
        );
      }}
      onFocus={() => {
        entered.current = text;
        onEnter?.();
      }}
      onChange={(value) => saver.type(spec, cleanTyping(spec, value))}
      onBlur={() => saver.leave(spec)}
    />
  );
}
