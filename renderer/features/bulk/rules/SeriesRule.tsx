import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { inSeries, seriesOf } from '../../../../shared/bulk/series';
import { asciiDigits } from '../../../../shared/lib/text';
import { TextInput } from '../../../ui/inputs';
import { Ltr } from '../../../ui/Ltr';
import layout from '../../../ui/layout.module.css';
import css from '../bulk.module.css';
import type { RuleControlProps } from './rule-control';
import { WholeNumber } from './WholeNumber';

const examples = [0, 1, 2];

/** Numbers counted on from a first one, with the first three to see. */
export function SeriesRule({ spec, rule, offered, id, type, leave }: RuleControlProps<'series'>) {
  const { t } = useTranslation('bulk');
  const series = seriesOf(rule.start, rule.step);
  const shown = examples.map((place) => series && inSeries(series, place));
  const broken = !offered && shown.some((text) => text === null);
  return (
    <>
      <div className={css.parts}>
        <TextInput
          id={id}
          data-field={spec.name}
          label={t('series.start')}
          w={140}
          dir="ltr"
          autoComplete="off"
          value={rule.start}
          error={broken ? t('series.noNumber') : undefined}
          onChange={(event) => type({ ...rule, start: asciiDigits(event.currentTarget.value) })}
          onBlur={leave}
        />
        <WholeNumber
          label={t('series.step')}
          value={rule.step}
          min={-1_000_000}
          max={1_000_000}
          onValue={(step) => type({ ...rule, step })}
          onLeave={leave}
        />
      </div>
      {offered || broken ? null : (
        <p className={layout.said} data-example>
          {t('example')}{' '}
          {shown.map((text) => (
            <Fragment key={text}>
              <Ltr>{text}</Ltr>
              {t('comma')}
            </Fragment>
          ))}
          …
        </p>
      )}
    </>
  );
}
