import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copy-text';
import { isolate } from './isolate';
import { Ltr } from './Ltr';
import classes from './RecordId.module.css';

/** The id under which a record is written, small; a click copies it. */
export function RecordId({ id }: { id: string }) {
  const { t } = useTranslation('workorders');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  if (id === '') return null;
  return (
    <UnstyledButton
      className={classes.id}
      // A list has hundreds: Tab passes them by.
      tabIndex={-1}
      title={t(copied ? 'id.copied' : 'id.copy')}
      aria-label={t('id.label', { id: isolate(id) })}
      data-record-id={id}
      data-copied={copied || undefined}
      onClick={() => void copyText(id).then(setCopied)}
    >
      <Ltr>{id}</Ltr>
      {copied ? <span role="status"> {t('id.copied')}</span> : null}
    </UnstyledButton>
  );
}
