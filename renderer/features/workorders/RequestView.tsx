import { ActionIcon, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlannedRequest } from '../../../shared/model/plan';
import { copyText } from '../../ui/copy-text';
import { Ltr } from '../../ui/Ltr';
import { requestText } from './copy-request';
import classes from './PlanRow.module.css';

/** The exact request that the row would send, its secrets masked. */
export function RequestView({
  request,
  title,
}: {
  request: PlannedRequest | null;
  /** Of the record, which tells one request from another for those who hear them. */
  title: string;
}) {
  const { t } = useTranslation('workorders');
  const [copied, setCopied] = useState(false);
  if (!request) {
    return (
      <Text size="sm" c="dimmed">
        {t('request.none')}
      </Text>
    );
  }
  return (
    <section className={classes.request} aria-label={`${t('request.title')} · ${title}`}>
      <div className={classes.requestHead}>
        <Ltr>
          <strong>{request.method}</strong> {request.url}
        </Ltr>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={22}
          aria-label={t('request.copy')}
          title={t(copied ? 'request.copied' : 'request.copy')}
          onClick={() => void copyText(requestText(request)).then(setCopied)}
        >
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a body that scrolls has to be reachable by keyboard */}
      <pre className={classes.body} dir="ltr" tabIndex={0} title={t('request.body')}>
        {request.body}
      </pre>
    </section>
  );
}
