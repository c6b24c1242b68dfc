import { Button, SegmentedControl } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { serverKind } from '../../../shared/catalog';
import { credentialFault } from '../../../shared/lib/credential';
import { proxyParts } from '../../../shared/lib/proxy';
import type { Connection, ConnectionId } from '../../../shared/model/connection';
import { localised } from '../../i18n';
import { sayDone, syncConnection } from '../../program/actions';
import { useWorkspace } from '../../program/workspace';
import { Dialog } from '../../ui/FormDialog';
import { TextInput } from '../../ui/inputs';
import { isolate } from '../../ui/isolate';
import layout from '../../ui/layout.module.css';
import { ColourChoice } from './ColourChoice';
import { BehaviourFields, IdentityFields } from './ConnectionFields';
import classes from './ConnectionForm.module.css';
import { CredentialFields } from './CredentialFields';
import { keepFormDraft, takeFormDraft } from './form-draft';
import { type FormValues, readForm } from './formValues';
import { LeaveQuestion } from './LeaveQuestion';
import { askIfMoved } from './MoveDialog';
import { ProxyFields } from './ProxyFields';
import { SaveProblem, WaitingForKeychain } from './SaveProblem';
import { TestResult } from './TestResult';
import { TrustedCertificate } from './TrustedCertificate';
import { useConnectionForm } from './useConnectionForm';
import { useCredentials } from './useCredentials';
import { useSave } from './useSave';
import { useTest } from './useTest';

/** Adds or edits a connection. Closes on success only when everything is stored. */
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
  const [savedHere, setSavedHere] = useState(false);
  const form = useConnectionForm(connection, others);
  const { control, register, setValue, formState, reset, getValues, watch } = form;
  const credentials = useCredentials(id);
  const { testing, report, test, forget, trusted } = useTest(id);
  const { saving, problem, save } = useSave(id, (kept) => {
    setId(kept);
    setSavedHere(true);
    // What stands in the form is what is saved, whatever the keychain says of the credentials.
    reset(getValues(), { keepValues: true });
  });
  const results = useRef<HTMLDivElement>(null);
  const isNew = connection === null;
  const [kind, authMode, colour, tag, certificate, expiredCertificate, proxy] = useWatch({
    control,
    name: ['kind', 'authMode', 'colour', 'tag', 'certificate', 'expiredCertificate', 'proxy'],
  });
  const catalog = serverKind(kind);
  const mode = catalog.authModes.find((one) => one.id === authMode) ?? catalog.authModes[0];
  const ofProxy = proxy.trim() === '' ? [] : proxyParts;
  const parts = [...(mode?.parts.map((part) => part.id) ?? []), ...ofProxy];
  const faulty = parts.some((part) => credentialFault(part, credentials.typed[part] ?? ''));
  const savedName = String(formState.defaultValues?.name ?? '');
  const unkept = mode?.parts.filter((part) => credentials.typed[part.id]) ?? [];

  // A test result covers what was tested; name and colour are not part of it.
  const latest = useRef({ forget, id });
  latest.current = { forget, id };
  useEffect(() => {
    const before = takeFormDraft(connection?.id ?? null);
    for (const [name, value] of Object.entries(before ?? {})) {
      if (isFieldOf(name, getValues())) setValue(name, value as never, { shouldDirty: true });
    }
    const kept = watch((values, { name }) => {
      if (name && !aboutNoServer.has(name) && !aboutTrust.has(name)) latest.current.forget();
      keepFormDraft(latest.current.id, { ...getValues(), ...values } as FormValues);
    });
    keepFormDraft(latest.current.id, getValues());
    return () => {
      kept.unsubscribe();
      keepFormDraft(null, null);
    };
  }, [connection, getValues, setValue, watch]);
  const typed = {
    ...credentials,
    type: (part: string, text: string) => {
      forget();
      credentials.type(part, text);
    },
  };
  const typedSomething = formState.isDirty || Object.values(credentials.typed).some(Boolean);

  const showResults = () =>
    requestAnimationFrame(() => results.current?.scrollIntoView({ block: 'nearest' }));
  const savedAs = async (values: FormValues, andSync: boolean) => {
    const read = readForm(values);
    if (!read.ok || faulty) return;
    if (await save(read.draft, credentials, parts)) {
      sayDone(t('saved', { name: isolate(read.draft.name) }));
      const { id: kept } = latest.current;
      if (kept) void askIfMoved(kept);
      onClose();
      if (kept && andSync) {
        useWorkspace.getState().open({ type: 'directory', connectionId: kept });
        void syncConnection({ id: kept, name: read.draft.name });
      }
    } else showResults();
  };
  const onSave = form.handleSubmit((values) => savedAs(values, false));
  const onSaveAndSync = form.handleSubmit((values) => savedAs(values, true));
  const onTest = async () => {
    const values = form.getValues();
    // A test needs no name; other problems show at their field.
    const read = readForm({ ...values, name: values.name.trim() || t('placeholder.name') });
    if (!read.ok) {
      for (const [field, message] of Object.entries(read.errors)) {
        if (isFieldOf(field, values)) form.setError(field, { type: 'invalid', message });
      }
      return;
    }
    if (faulty) return;
    await test(read.draft, await credentials.sealed(parts));
    showResults();
  };
  const leave = () => (typedSomething && !leaving ? setLeaving(true) : onClose());

  return (
    <Dialog
      onClose={leave}
      size={660}
      padding={0}
      stays
      close={t('close')}
      closeButtonProps={{ me: 12 }}
      title={id ? t('dialog.edit', { name: savedName }) : t('dialog.add')}
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
            {mode ? <CredentialFields key={mode.id} mode={mode} credentials={typed} /> : null}
          </section>
          <section className={classes.group} aria-label={t('group.behaviour')}>
            <h3 className={classes.groupTitle}>{t('group.behaviour')}</h3>
            <BehaviourFields form={form} />
            <ProxyFields form={form} credentials={typed} />
            {certificate ? (
              <TrustedCertificate
                fingerprint={certificate}
                fault={formState.errors.certificate?.message}
                onClear={() => {
                  forget();
                  setValue('certificate', null, { shouldDirty: true });
                  setValue('expiredCertificate', null, { shouldDirty: true });
                }}
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
                value={tag}
                label={t('field.tag')}
                placeholder={t('placeholder.tag')}
                data-field="tag"
                maxLength={12}
              />
            </div>
          </section>
          <div ref={results}>
            {report ? (
              <TestResult
                report={report}
                trust={{ certificate, expired: expiredCertificate ?? null }}
                onTrust={(trust) => {
                  trusted();
                  setValue('certificate', trust.certificate, { shouldDirty: true });
                  setValue('expiredCertificate', trust.expired, { shouldDirty: true });
                }}
              />
            ) : null}
            {saving ? <WaitingForKeychain onSession={() => void onSave()} /> : null}
            {problem ? <SaveProblem problem={problem} saving={saving} onAgain={() => void onSave()} /> : null}
          </div>
        </div>
        {leaving ? (
          <LeaveQuestion
            saved={
              savedHere && id
                ? {
                    id,
                    name: savedName,
                    madeHere: connection === null,
                    edited: formState.isDirty,
                    missing: unkept.map((part) => localised(part.label)),
                  }
                : null
            }
            onStay={() => setLeaving(false)}
            onClose={onClose}
          />
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
            <span className={layout.push} />
            <Button variant="default" onClick={leave}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving} {...(isNew ? { variant: 'default' } : {})}>
              {t('save')}
            </Button>
            {isNew ? (
              <Button loading={saving} onClick={() => void onSaveAndSync()}>
                {t('saveAndSync')}
              </Button>
            ) : null}
          </div>
        )}
      </form>
    </Dialog>
  );
}

/** Fields that a connection test says nothing about. */
const aboutNoServer: ReadonlySet<string> = new Set(['name', 'site', 'colour', 'tag']);

/** What the form itself says of a certificate that a test showed. */
const aboutTrust: ReadonlySet<string> = new Set(['certificate', 'expiredCertificate']);

function isFieldOf<T extends object>(name: string, values: T): name is string & keyof T {
  return name in values;
}
