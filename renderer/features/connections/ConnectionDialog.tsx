import { Button, Modal, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import { localised } from '../../i18n';
import { sayDone } from '../shell/actions';
import { ColourChoice } from './ColourChoice';
import { BehaviourFields, IdentityFields } from './ConnectionFields';
import classes from './ConnectionForm.module.css';
import { CredentialFields } from './CredentialFields';
import { readForm } from './formValues';
import { SaveProblem, WaitingForKeychain } from './SaveProblem';
import { TestResult } from './TestResult';
import { TrustedCertificate } from './TrustedCertificate';
import { useConnectionForm } from './useConnectionForm';
import { useCredentials } from './useCredentials';
import { useSave } from './useSave';
import { useTest } from './useTest';

/** Adding a connection, or editing one. Closes by itself only when everything is safely kept. */
export function ConnectionDialog({
  connection,
  others,
  onClose,
}: {
  connection: Connection | null;
  others: readonly Connection[];
  onClose: () => void;
}) {
  const { t } = useTranslation('connections');
  const [id, setId] = useState<ConnectionId | null>(connection?.id ?? null);
  const [leaving, setLeaving] = useState(false);
  const form = useConnectionForm(connection, others);
  const { control, register, setValue, formState } = form;
  const credentials = useCredentials(id);
  const { testing, report, test } = useTest(id);
  const { saving, problem, save } = useSave(id, setId);
  const results = useRef<HTMLDivElement>(null);
  const [kind, authMode, colour, certificate] = useWatch({
    control,
    name: ['kind', 'authMode', 'colour', 'certificate'],
  });
  const catalog = catalogOf(kind);
  const mode = catalog.authModes.find((one) => one.id === authMode) ?? catalog.authModes[0];
  const parts = mode?.parts.map((part) => part.id) ?? [];
  const typedSomething = formState.isDirty || Object.values(credentials.typed).some(Boolean);

  const showResults = () =>
    requestAnimationFrame(() => results.current?.scrollIntoView({ block: 'nearest' }));
  const onSave = form.handleSubmit(async (values) => {
    const read = readForm(values);
    if (!read.ok) return;
    if (await save(read.draft, credentials, parts)) {
      sayDone(t('saved', { name: read.draft.name }));
      onClose();
    } else showResults();
  });
  const onTest = async () => {
    const values = form.getValues();
    // A test needs no name; everything else it needs is said at its field.
    const read = readForm({ ...values, name: values.name.trim() || t('placeholder.name') });
    if (!read.ok) {
      for (const [field, message] of Object.entries(read.errors)) {
        if (isFieldOf(field, values)) form.setError(field, { type: 'invalid', message });
      }
      return;
    }
    await test(read.draft, await credentials.sealed(parts));
    showResults();
  };
  const leave = () => (typedSomething && !leaving ? setLeaving(true) : onClose());

  return (
    <Modal
      opened
      onClose={leave}
      size={660}
      padding={0}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close'), me: 12 }}
      title={connection ? t('dialog.edit', { name: connection.name }) : t('dialog.add')}
      yOffset={24}
      classNames={{ content: classes.dialog, body: classes.dialogBody }}
      styles={{ title: { fontWeight: 600, fontSize: 15, paddingInlineStart: 20 }, header: { minHeight: 48 } }}
    >
      <form className={classes.form} onSubmit={(event) => void onSave(event)} noValidate>
        <div className={classes.body}>
          <IdentityFields
            form={form}
            others={others}
            kindFixed={id !== null}
            before={connection?.baseUrl ?? null}
          />
          <section className={classes.group} aria-label={t('group.login')}>
            <h3 className={classes.groupTitle}>{t('group.login')}</h3>
            {catalog.authModes.length > 1 ? (
              <Controller
                control={control}
                name="authMode"
                render={({ field: { value, onChange } }) => (
                  <SegmentedControl
                    aria-label={t('field.authMode')}
                    data-field="authMode"
                    value={value}
                    onChange={onChange}
                    data={catalog.authModes.map((one) => ({ value: one.id, label: localised(one.label) }))}
                  />
                )}
              />
            ) : null}
            {mode ? <CredentialFields key={mode.id} mode={mode} credentials={credentials} /> : null}
          </section>
          <section className={classes.group} aria-label={t('group.behaviour')}>
            <h3 className={classes.groupTitle}>{t('group.behaviour')}</h3>
            <BehaviourFields form={form} />
            {certificate ? (
              <TrustedCertificate
                fingerprint={certificate}
                onClear={() => setValue('certificate', null, { shouldDirty: true })}
              />
            ) : null}
          </section>
          <section className={classes.group} aria-label={t('group.mark')}>
            <h3 className={classes.groupTitle}>{t('group.mark')}</h3>
            <div className={classes.pair}>
              <ColourChoice
                value={colour}
                onChange={(value) => setValue('colour', value, { shouldDirty: true })}
              />
              <TextInput
                {...register('tag')}
                label={t('field.tag')}
                placeholder={t('placeholder.tag')}
                data-field="tag"
                dir="auto"
                maxLength={12}
              />
            </div>
          </section>
          <div ref={results}>
            {report ? (
              <TestResult
                report={report}
                trusted={certificate}
                onTrust={(fingerprint) => setValue('certificate', fingerprint, { shouldDirty: true })}
              />
            ) : null}
            {saving ? <WaitingForKeychain onSession={() => void onSave()} /> : null}
            {problem ? <SaveProblem problem={problem} saving={saving} onAgain={() => void onSave()} /> : null}
          </div>
        </div>
        {leaving ? (
          <div className={classes.foot} role="alert">
            <Text size="sm" className={classes.push}>
              {t('leave.question')}
            </Text>
            <Button variant="default" onClick={() => setLeaving(false)}>
              {t('leave.stay')}
            </Button>
            <Button color="red" onClick={onClose}>
              {t('leave.discard')}
            </Button>
          </div>
        ) : (
          <div className={classes.foot}>
            <Button
              variant="default"
              leftSection={<IconPlugConnected size={14} />}
              loading={testing}
              onClick={() => void onTest()}
            >
              {t('test.button')}
            </Button>
            <span className={classes.push} />
            <Button variant="default" onClick={leave}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
    </Modal>
  );
}

function isFieldOf<T extends object>(name: string, values: T): name is string & keyof T {
  return name in values;
}
