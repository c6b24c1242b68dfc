import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Settings.module.css';
import { type SettingId, settingNames, useWantedSetting } from './setting-names';

/** One setting: what it is on one side, the choice on the other. */
export function SettingRow({ of, help, children }: { of: SettingId; help?: string; children: ReactNode }) {
  const { t } = useTranslation('settings');
  const id = useId();
  const row = useRef<HTMLElement>(null);
  const wanted = useWantedSetting((state) => state.wanted === of);
  useEffect(() => {
    if (!wanted) return;
    useWantedSetting.setState({ wanted: null });
    // After the dialog that led here has given the focus back.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        row.current?.scrollIntoView({ block: 'start' });
        row.current?.querySelector<HTMLElement>('input:checked, input, button')?.focus();
      }),
    );
  }, [wanted]);
  return (
    <section ref={row} className={classes.row} aria-labelledby={id} data-setting={of}>
      <div>
        <h2 className={classes.label} id={id}>
          {t(settingNames[of])}
        </h2>
        {help ? <p className={classes.help}>{help}</p> : null}
      </div>
      <div>{children}</div>
    </section>
  );
}
