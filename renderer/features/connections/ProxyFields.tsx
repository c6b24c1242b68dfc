import { Text } from '@mantine/core';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { isNear, normaliseProxy, proxyLogin } from '../../../shared/lib/proxy';
import { isKey } from '../../i18n';
import { TextInput } from '../../ui/inputs';
import classes from './ConnectionForm.module.css';
import { CredentialFields } from './CredentialFields';
import { shownUrl } from './formValues';
import type { ConnectionForm } from './useConnectionForm';
import type { Credentials } from './useCredentials';

/** The proxy of this connection, what it sees, and its login. Without one no proxy is used, whatever the system says. */
export function ProxyFields({ form, credentials }: { form: ConnectionForm; credentials: Credentials }) {
  const { t } = useTranslation('connections');
  const { control, register, formState } = form;
  const [kind, baseUrl, typed] = useWatch({ control, name: ['kind', 'baseUrl', 'proxy'] });
  const fault = `error.proxy.${formState.errors.proxy?.message}`;
  const proxy = normaliseProxy(typed);
  const server = shownUrl({ kind, baseUrl });
  const used = proxy.ok ? proxy.url : null;
  return (
    <>
      <TextInput
        {...register('proxy')}
        label={t('field.proxy')}
        description={t('help.proxy')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={isKey('connections', fault) ? t(fault) : undefined}
        placeholder={t('placeholder.proxy')}
        data-field="proxy"
        dir="ltr"
        spellCheck={false}
        maxLength={300}
      />
      {used === null ? null : (
        <>
          <div aria-live="polite" data-proxy-sees={server.ok && server.plain ? 'all' : 'nothing'}>
            {server.ok && server.plain ? (
              <p className={classes.moved}>{t('proxy.readsAll')}</p>
            ) : (
              <Text size="sm" c="dimmed">
                {t('proxy.readsNothing')}
              </Text>
            )}
            {server.ok && isNear(server.url) ? (
              <p className={classes.moved} data-proxy-near>
                {t('proxy.near')}
              </p>
            ) : null}
          </div>
          <CredentialFields mode={proxyLogin} credentials={credentials} />
        </>
      )}
    </>
  );
}
