import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAppInfo } from '../program/appInfo';
import { ProblemAlert } from '../ui/ProblemAlert';
import classes from './Banners.module.css';

/** What the main process has to say without being asked: a database set aside, a disk that is full. */
export function Notices() {
  const { t } = useTranslation('shell');
  const notices = useAppInfo((state) => state.notices);
  const dismiss = useAppInfo((state) => state.dismissNotice);
  if (notices.length === 0) return null;
  return (
    <Stack gap="xs" className={classes.notices} role="region" aria-label={t('notices')}>
      {notices.map((notice) => (
        <ProblemAlert
          key={JSON.stringify(notice)}
          problem={notice}
          colour="yellow"
          onClose={() => dismiss(notice)}
        />
      ))}
    </Stack>
  );
}
