import { SegmentedControl, Text } from '@mantine/core';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { kindSchema, serverKind } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import { isKey, localised } from '../../i18n';
import { Autocomplete, Select, TextInput } from '../../ui/inputs';
import { Ltr } from '../../ui/Ltr';
import classes from './ConnectionForm.module.css';
import { type FormValues, shownUrl } from './formValues';
import { type ConnectionForm, switchKind } from './useConnectionForm';

/** What is wrong with a field, in words that name it. */
function useFieldError({ formState }: ConnectionForm): (field: keyof FormValues) => string | undefined {
  const { t } = useTranslation('connections');
  return (field) => {
    const message = formState.errors[field]?.message;
    const key = `error.${field}.${message}`;
    return isKey('connections', key) ? t(key) : message;
  };
}

/** Kind, name, site and address. */
export function IdentityFields({
  form,
  others,
  kindFixed,
  before,
}: {
  form: ConnectionForm;
  others: readonly Connection[];
  /** A saved connection keeps its kind: what is stored for it is of that kind. */
  kindFixed: boolean;
  /** The address that it had, null for a new one. */
  before: string | null;
}) {
  const { t } = useTranslation('connections');
  const error = useFieldError(form);
  const { control, register } = form;
  const [kind, name] = useWatch({ control, name: ['kind', 'name'] });
  const sites = [...new Set(others.map((one) => one.site).filter(Boolean))];
  return (
    <>
      <SegmentedControl
        aria-label={t('field.kind')}
        data-field="kind"
        value={kind}
        disabled={kindFixed}
        onChange={(value) => {
          const chosen = kindSchema.safeParse(value);
          if (chosen.success) switchKind(form, chosen.data);
        }}
        data={kindSchema.options.map((one) => ({ value: one, label: localised(serverKind(one).noun) }))}
      />
      <div className={classes.pair}>
        <TextInput
          {...register('name')}
          value={name}
          label={t('field.name')}
          error={error('name')}
          placeholder={t('placeholder.name')}
          data-field="name"
          data-autofocus
          maxLength={80}
        />
        <Controller
          control={control}
          name="site"
          render={({ field }) => (
            <Autocomplete
              {...field}
              label={t('field.site')}
              error={error('site')}
              placeholder={t('placeholder.site')}
              data={sites}
              data-field="site"
              maxLength={80}
            />
          )}
        />
      </div>
      <div>
        <TextInput
          {...register('baseUrl')}
          label={t('field.baseUrl')}
          error={error('baseUrl')}
          placeholder={serverKind(kind).urlExample}
          data-field="baseUrl"
          dir="ltr"
          spellCheck={false}
          maxLength={300}
        />
        <UrlAsUsed form={form} before={before} />
      </div>
    </>
  );
}

/** The address as requests will be built from it, while it is typed; its line is there from the start. */
function UrlAsUsed({
  form: { control, formState },
  before,
}: {
  form: ConnectionForm;
  before: string | null;
}) {
  const { t } = useTranslation('connections');
  const [kind, baseUrl] = useWatch({ control, name: ['kind', 'baseUrl'] });
  const url = shownUrl({ kind, baseUrl });
  return (
    <div className={classes.url} aria-live="polite" data-url-as-used>
      {url.ok ? (
        <>
          {t('url.used')} <Ltr>{url.url}</Ltr>
          {url.plain ? <span className={classes.plain}>{t('url.plain')}</span> : null}
          {before !== null && before !== url.url ? (
            <p className={classes.moved} data-url-moved>
              {t('url.moved')}
            </p>
          ) : null}
        </>
      ) : url.reason === 'empty' || formState.errors.baseUrl ? (
        // What is wrong is said once, at the field where it is said already.
        t('url.hint')
      ) : (
        t(`error.baseUrl.${url.reason}`)
      )}
    </div>
  );
}

/** Time-out, how many writes go at once, and write mode. */
export function BehaviourFields({ form }: { form: ConnectionForm }) {
  const { t } = useTranslation('connections');
  const error = useFieldError(form);
  const { control, register } = form;
  const [kind, writeMode] = useWatch({ control, name: ['kind', 'writeMode'] });
  const modes = serverKind(kind).writeModes;
  const mode = modes.find((one) => one.id === writeMode);
  return (
    <div className={classes.pair}>
      <TextInput
        {...register('timeout')}
        label={t('field.timeout')}
        description={t('help.timeout')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={error('timeout')}
        data-field="timeoutMs"
        inputMode="numeric"
        dir="ltr"
        maxLength={3}
      />
      <TextInput
        {...register('parallel')}
        label={t('field.parallel')}
        description={t('help.parallel')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={error('parallel')}
        data-field="parallel"
        inputMode="numeric"
        dir="ltr"
        maxLength={2}
      />
      {modes.length > 0 ? (
        <div>
          <Controller
            control={control}
            name="writeMode"
            render={({ field }) => (
              <Select
                {...field}
                onChange={(value) => field.onChange(value ?? modes[0]?.id)}
                label={t('field.writeMode')}
                data={modes.map((one) => ({ value: one.id, label: localised(one.label) }))}
                allowDeselect={false}
                data-field="writeMode"
              />
            )}
          />
          <Text size="sm" c="dimmed" mt={4}>
            {mode ? localised(mode.help) : ''}
          </Text>
        </div>
      ) : null}
    </div>
  );
}
