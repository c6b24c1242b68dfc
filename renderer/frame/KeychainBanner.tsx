import { Button } from '@mantine/core';
import { IconHourglass, IconLock, IconShieldHalf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KeychainState } from '../../shared/model/connection';
import { useAppInfo } from '../program/appInfo';
import { useKeychain } from '../program/useKeychain';
import classes from './Banners.module.css';

/** The states in which the person has to know or do something; each has its own words. */
const banners: Partial<Record<KeychainState, { Icon: typeof IconLock; role: string; session: boolean }>> = {
  waiting: { Icon: IconHourglass, role: 'information', session: true },
  locked: { Icon: IconLock, role: 'warning', session: true },
  absent: { Icon: IconLock, role: 'warning', session: true },
  denied: { Icon: IconLock, role: 'warning', session: true },
  'timed-out': { Icon: IconLock, role: 'warning', session: true },
  other: { Icon: IconLock, role: 'warning', session: true },
  'session-only': { Icon: IconShieldHalf, role: 'information', session: false },
};

/** Says that the keychain is not to be had, what to do about it, and offers it. Stays while that is so. */
export function KeychainBanner() {
  const { t } = useTranslation('keychain');
  const state = useAppInfo((info) => info.keychain);
  const { busy, retry, keepForSession, acceptKey } = useKeychain();
  const banner = banners[state];
  if (!banner) return null;
  const { Icon, role, session } = banner;
  return (
    <section className={classes.keychain} data-role={role} data-keychain={state} aria-label={t('label')}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <strong>{t(`${state}.title`)}</strong> {t(`${state}.advice`)}
      </p>
      {state === 'waiting' ? null : (
        <Button size="compact-xs" variant="default" loading={busy === 'retry'} onClick={() => void retry()}>
          {t('retry')}
        </Button>
      )}
      {state === 'other' ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={busy === 'accept'}
          onClick={() => void acceptKey()}
        >
          {t('acceptKey')}
        </Button>
      ) : null}
      {session ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={busy === 'session'}
          onClick={() => void keepForSession()}
        >
          {t('useSession')}
        </Button>
      ) : null}
    </section>
  );
}
