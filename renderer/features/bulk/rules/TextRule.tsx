import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { placeholdersIn } from '../../../../shared/bulk/placeholders';
import { directionOfField } from '../../../fields/controls/control';
import { localised } from '../../../i18n';
import { Textarea, TextInput } from '../../../ui/inputs';
import { isolate } from '../../../ui/isolate';
import { Ltr } from '../../../ui/Ltr';
import layout from '../../../ui/layout.module.css';
import css from '../bulk.module.css';
import { readableFields } from '../rule-edit';
import type { RuleControlProps } from './rule-control';

/** Placeholders shown as buttons; the others are in a menu. */
const chips = 2;

/** A text made of each record's own fields: typed, or put together with the chips below it. */
export function TextRule({ catalog, spec, rule, id, type, leave }: RuleControlProps<'text'>) {
  const { t } = useTranslation('bulk');
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const fields = readableFields(catalog);
  const found = placeholdersIn(catalog, rule.template);
  const unknown = 'unknown' in found ? found.unknown : undefined;
  const insert = (name: string) => {
    const { template } = rule;
    const from = input.current?.selectionStart ?? template.length;
    const to = input.current?.selectionEnd ?? from;
    const put = `{${name}}`;
    type({ rule: 'text', template: template.slice(0, from) + put + template.slice(to) });
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(from + put.length, from + put.length);
    });
  };
  const props = {
    ref: input,
    id,
    'data-field': spec.name,
    value: rule.template,
    dir: directionOfField(spec),
    spellCheck: false,
    autoComplete: 'off',
    placeholder: fields
      .slice(0, 2)
      .map(({ name }) => `{${name}}`)
      .join(' '),
    error: unknown === undefined ? undefined : t('text.unknown', { name: isolate(`{${unknown}}`) }),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      type({ rule: 'text', template: event.currentTarget.value }),
    onBlur: leave,
  };
  return (
    <>
      {spec.type === 'multiline' ? (
        <Textarea {...props} autosize minRows={2} maxRows={8} />
      ) : (
        <TextInput {...props} />
      )}
      <div className={css.chips}>
        <span className={layout.said}>{t('text.insert')}</span>
        {fields.slice(0, chips).map((one) => (
          <Button
            key={one.name}
            size="compact-xs"
            variant="default"
            title={localised(one.label)}
            aria-label={t('text.insertField', { field: localised(one.label) })}
            // The place of the caret stays while a mouse is on the chip.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => insert(one.name)}
          >
            <Ltr>{`{${one.name}}`}</Ltr>
          </Button>
        ))}
        <Button
          size="compact-xs"
          variant="default"
          title={t('text.count')}
          aria-label={t('text.count')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => insert('n')}
        >
          <Ltr>{'{n}'}</Ltr>
        </Button>
        <Menu withinPortal position="bottom-start" width={240}>
          <Menu.Target>
            <Button size="compact-xs" variant="subtle" rightSection={<IconChevronDown size={12} />}>
              {t('text.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={280} style={{ overflow: 'auto' }}>
            {fields.slice(chips).map((one) => (
              <Menu.Item
                key={one.name}
                rightSection={
                  <span className={layout.said}>
                    <Ltr>{`{${one.name}}`}</Ltr>
                  </span>
                }
                onClick={() => insert(one.name)}
              >
                {localised(one.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </>
  );
}
