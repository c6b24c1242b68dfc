import { IconArrowNarrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type FieldSpec, fieldSpec, type OfCollection } from '../../shared/catalog';
import type { SecretLook as Look } from '../../shared/model/plan';
import type { ShownValue } from '../../shared/model/record';
import { lookAlike, unseenMarks } from '../../shared/values/look-alike';
import { currentLanguage, directionOf, localised } from '../i18n';
import classes from './DiffLine.module.css';
import { textDirection } from './isolate';
import { Ltr } from './Ltr';
import { SecretLook } from './SecretLook';
import { ShownText } from './ShownText';

/**
 * The name of a field for people, in the direction of its language whatever letter it begins with ("IPهای مجاز"); the
 * wire name where the catalog does not know it.
 */
export function FieldLabel({ of, field }: { of: OfCollection | null; field: string }) {
  useTranslation();
  const spec = fieldSpec(of, field);
  return (
    <span title={field}>
      {spec ? <bdi dir={directionOf(currentLanguage())}>{localised(spec.label)}</bdi> : <Ltr>{field}</Ltr>}
    </span>
  );
}

/** The arrow between two values, in the direction of reading. */
export function Arrow() {
  return <IconArrowNarrowRight size={14} aria-label="→" className={classes.arrow} />;
}

/**
 * One field, before → after. What will be written is never cut: it wraps, on a line of its own where the first has no
 * room. What was may be cut; the whole of it is in its tooltip. A secret only says that it is changed.
 */
export function DiffLine({
  of,
  field,
  from,
  to,
  live,
  look,
}: {
  of: OfCollection | null;
  field: string;
  from: ShownValue;
  to: ShownValue;
  /** What the server says now, where that differs from both. */
  live?: ShownValue | undefined;
  /** What the new secret looks like. */
  look?: Look | undefined;
}) {
  const { t } = useTranslation('workorders');
  const spec = fieldSpec(of, field);
  const secret = spec?.secret === true || isState(from) || isState(to);
  return (
    <span className={classes.line} data-diff={field}>
      <span className={classes.label}>
        <FieldLabel of={of} field={field} />
      </span>
      {secret ? (
        <span className={classes.changed}>
          {t('diff.changed')}
          {look ? (
            <>
              {' · '}
              <SecretLook look={look} />
            </>
          ) : null}
        </span>
      ) : (
        <>
          <span
            className={classes.from}
            title={plain(from)}
            dir={directionOfValue(from, spec)}
            data-short={isShort(from) || undefined}
          >
            <ShownText value={from} spec={spec} />
          </span>
          {live === undefined ? null : (
            <span className={classes.live} title={plain(live)}>
              {t('diff.now')} <ShownText value={live} spec={spec} />
            </span>
          )}
          <span className={classes.next}>
            <Arrow />
            <span className={classes.to} dir={directionOfValue(to, spec)} data-next>
              <ShownText value={to} spec={spec} />
            </span>
          </span>
          <Unseen from={plain(from)} to={plain(to)} />
          {live === undefined ? null : <Unseen from={plain(from)} to={plain(live)} />}
        </>
      )}
    </span>
  );
}

/** What tells two values apart that look the same, and what of the new one cannot be seen. */
function Unseen({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation('workorders');
  const alike = lookAlike(from, to);
  const hidden = alike ? [] : unseenMarks(to);
  if (!alike && hidden.length === 0) return null;
  const points = alike ? `${alike.gone.join(' ') || '—'} → ${alike.come.join(' ') || '—'}` : hidden.join(' ');
  return (
    <span
      className={classes.unseen}
      data-unseen
      title={t(alike ? 'diff.alikeLong' : 'diff.unseenLong', { points })}
    >
      {t(alike ? 'diff.alike' : 'diff.unseen')} <Ltr>{points}</Ltr>
    </span>
  );
}

/** That of the words that are shown: an allowed value is told by its label, in the language of the window. */
function directionOfValue(value: ShownValue, spec: FieldSpec | undefined): 'ltr' | 'rtl' {
  const words = value === null || value === '' || spec?.values?.some((one) => one.value === value);
  return words ? directionOf(currentLanguage()) : textDirection(plain(value));
}

function isState(value: ShownValue): boolean {
  return value !== null && typeof value === 'object';
}

/** So short that nothing is won by cutting it. */
function isShort(value: ShownValue): boolean {
  return plain(value).length <= 8;
}

function plain(value: ShownValue): string {
  return typeof value === 'string' ? value : '';
}
